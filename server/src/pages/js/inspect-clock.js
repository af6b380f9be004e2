// The server's clock by the phone's. A page that comes from the shelf of the phone keeps the
// difference found when it was new; a pretended clock stands still.

const { now: written, pretend } = document.querySelector("main").dataset;

function difference() {
  const known = JSON.parse(localStorage.getItem("inspect-clock") || "null");
  if (known && known.written === written) return known.difference;
  const found = { written, difference: Date.parse(written) - Date.now() };
  localStorage.setItem("inspect-clock", JSON.stringify(found));
  return found.difference;
}
const ahead = difference();

export const now = () => new Date(pretend === "true" ? Date.parse(written) : Date.now() + ahead);

// `YYYY-MM-DDTHH:MM` as the hall's clocks show it.
export function minute() {
  const zone = written.slice(19);
  const sign = zone[0] === "-" ? -1 : 1;
  const offset = zone === "Z" ? 0 : sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6)));
  return new Date(now().getTime() + offset * 60000).toISOString().slice(0, 16);
}
