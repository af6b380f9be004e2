// Short notices at the foot of the page: Chinese first. An undo stays for ten seconds, as long as
// the server takes it.

const UNDO_MS = 10000;
const READ_MS = 7000;

function line(tag, text, language) {
  const element = document.createElement(tag);
  element.textContent = text;
  if (language) element.lang = language;
  return element;
}

export function toast(zh, en, tone) {
  const box = document.createElement("div");
  box.className = `toast is-${tone || "calm"}`;
  const words = document.createElement("div");
  words.append(line("p", zh));
  if (en) words.append(line("small", en, "en"));
  box.append(words);
  document.getElementById("toasts").append(box);
  box.timer = setTimeout(() => box.remove(), READ_MS);
  return box;
}

export function undoToast(text, undo) {
  const box = toast(text, null, "good");
  clearTimeout(box.timer);
  const button = line("button", document.body.dataset.textUndo || "撤销");
  button.type = "button";
  button.dataset.key = "Ctrl+Alt+Z";
  const ends = Date.now() + UNDO_MS;
  const seconds = line("span", "10");
  seconds.className = "toast-seconds";
  box.append(button, seconds);
  const ticking = setInterval(() => {
    const left = Math.ceil((ends - Date.now()) / 1000);
    seconds.textContent = String(Math.max(left, 0));
    if (left > 0) return;
    clearInterval(ticking);
    box.remove();
  }, 250);
  button.addEventListener("click", () => {
    clearInterval(ticking);
    box.remove();
    undo();
  });
}
