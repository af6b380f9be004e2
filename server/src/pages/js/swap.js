// Puts a new live part in the place of the old one. Focus, scroll places, opened details and a
// press of the mouse that is under way survive it.

let waiting = null;
let pressed = false;

function keepState(old) {
  const focused = document.activeElement && document.activeElement.id;
  const scrolls = Array.from(old.querySelectorAll("[data-keep-scroll]"), (part) => [part.id, part.scrollTop]);
  const opened = Array.from(old.querySelectorAll("details[open]"), (part) => part.id);
  return () => {
    for (const [id, top] of scrolls) {
      const part = document.getElementById(id);
      if (part) part.scrollTop = top;
    }
    for (const id of opened) {
      const part = document.getElementById(id);
      if (part) part.open = true;
    }
    const again = focused && document.getElementById(focused);
    if (again && document.activeElement !== again) again.focus({ preventScroll: true });
  };
}

function putIn(fresh) {
  const old = document.getElementById("live");
  const restore = keepState(old);
  old.replaceWith(fresh);
  restore();
  document.dispatchEvent(new CustomEvent("tidehall:live", { detail: fresh }));
}

function afterPress() {
  pressed = false;
  if (!waiting) return;
  const fresh = waiting;
  waiting = null;
  setTimeout(() => putIn(fresh), 0);
}

document.addEventListener("pointerdown", () => { pressed = true; });
document.addEventListener("pointerup", afterPress);
document.addEventListener("pointercancel", afterPress);

export function swap(html) {
  const fresh = new DOMParser().parseFromString(html, "text/html").getElementById("live");
  if (!fresh) return;
  if (pressed) waiting = document.adoptNode(fresh);
  else putIn(document.adoptNode(fresh));
}
