// Presses the button that carries a key: F2, F4, F8, F9, Ctrl+Alt+letter. Can be switched off.

const STORE = "tidehall keys";

function isOn() {
  return localStorage.getItem(STORE) !== "off";
}

function nameOf(event) {
  if (event.ctrlKey && event.altKey) return `Ctrl+Alt+${event.code.replace("Key", "")}`;
  return event.ctrlKey || event.altKey || event.metaKey || event.shiftKey ? "" : event.key;
}

function showSwitch() {
  const box = document.querySelector("[data-keys-switch]");
  if (box) box.checked = isOn();
  document.body.classList.toggle("keys-off", !isOn());
}

document.addEventListener("keydown", (event) => {
  if (event.repeat || !isOn()) return;
  const name = nameOf(event);
  if (!name) return;
  const open = document.querySelector("dialog[open]");
  const within = open || document;
  const button = within.querySelector(`[data-key="${CSS.escape(name)}"]:not([disabled])`);
  if (!button) return;
  event.preventDefault();
  button.click();
});

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-keys-switch]")) return;
  localStorage.setItem(STORE, event.target.checked ? "on" : "off");
  showSwitch();
});

document.addEventListener("tidehall:live", showSwitch);
showSwitch();
