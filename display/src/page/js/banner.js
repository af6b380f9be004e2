// What is announced as people see it: the banner, the caption, and the list of what was announced.

const LOG_MAX = 50;

const caption = document.getElementById("caption");
const log = document.getElementById("announced");
let captioned = null;

// The banner says what is heard; `pulse` when it begins, not when a new board came in between.
export function show(call, pulse) {
  const banner = document.getElementById("banner");
  banner.className = pulse ? "banner open fresh" : "banner open";
  document.getElementById("banner-number").textContent = call.number;
  document.getElementById("banner-window").textContent = call.window;
  banner.dataset.ticket = call.ticket;
  if (!pulse) { return; }
  captioned = call;
  caption.textContent = call.text;
}

export function note(call, said, isSilent) {
  if (said > 1) { log.lastElementChild.dataset.times = said; return; }
  const item = document.createElement("li");
  Object.assign(item.dataset, { key: call.key, number: call.number, window: call.window,
    recall: call.recall, times: said, silent: isSilent });
  item.textContent = call.text;
  log.appendChild(item);
  while (log.children.length > LOG_MAX) { log.removeChild(log.firstElementChild); }
}

// The caption stays until the visitor is no longer awaited.
export function rest(isOpen) {
  if (captioned && !isOpen(captioned)) { captioned = null; caption.textContent = ""; }
}
