// Puts a new live part in the place of the old one, unless it is older.

// Returns the hall's time of the part; null when it is none. `resumed`: the first one on this line.
export function swap(html, resumed) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("live");
  const old = document.getElementById("live");
  if (!fresh) { return null; }
  // The program was replaced: style and scripts are new too.
  if (fresh.dataset.build !== old.dataset.build) { location.reload(); return null; }
  const isOlder = Number(fresh.dataset.seq) < Number(old.dataset.seq);
  if (!isOlder || fresh.dataset.log !== old.dataset.log) {
    old.parentNode.replaceChild(document.adoptNode(fresh), old);
    document.dispatchEvent(new CustomEvent("board:fresh", { detail: resumed }));
  }
  return fresh.dataset.time;
}
