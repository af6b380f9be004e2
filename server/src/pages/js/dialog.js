// Opens the dialog that a button names and tells it which ticket is meant. Dialogs stand outside
// the live part, so a new state never takes away what somebody is typing.

import { toast } from "./toast.js";

function fillPlace(place, window) {
  const name = `fill-${place.dataset.fill}`;
  const content = document.getElementById(`${name}-${window}`) || document.getElementById(name);
  place.replaceChildren(...(content ? content.content.cloneNode(true).childNodes : []));
}

function changed(form) {
  form.dispatchEvent(new Event("change", { bubbles: true }));
}

function prepare(dialog, opener) {
  const form = dialog.querySelector("form");
  form.reset();
  form.dataset.ticket = opener.dataset.ticket || "";
  form.dataset.window = opener.dataset.window || "";
  form.dataset.number = opener.dataset.number || "";
  form.dataset.record = opener.dataset.record || "";
  const error = form.querySelector(".dialog-error");
  if (error) error.hidden = true;
  for (const slot of form.querySelectorAll("[data-slot]")) {
    slot.textContent = opener.dataset[slot.dataset.slot] || "";
  }
  for (const place of form.querySelectorAll("[data-fill]")) fillPlace(place, opener.dataset.window);
  changed(form);
}

document.addEventListener("click", (event) => {
  const closer = event.target.closest("[data-close]");
  if (closer) return closer.closest("dialog").close();
  const opener = event.target.closest("[data-dialog]");
  if (!opener || opener.disabled) return;
  const dialog = document.querySelector(`dialog#${opener.dataset.dialog}`);
  if (!dialog || dialog.open) return;
  prepare(dialog, opener);
  dialog.showModal();
});

// Parts that nobody types in follow the newest state while the dialog is open.
document.addEventListener("tidehall:live", () => {
  for (const place of document.querySelectorAll("dialog[open] [data-refill]")) {
    const form = place.closest("form");
    fillPlace(place, form.dataset.window);
    changed(form);
  }
});

// A dialog about the ticket at the window closes when that ticket is there no more.
document.addEventListener("tidehall:live", (event) => {
  const dialog = document.querySelector("dialog[data-bound][open]");
  if (!dialog || event.detail.dataset.ticket === undefined) return;
  if (dialog.querySelector("form").dataset.ticket === event.detail.dataset.ticket) return;
  dialog.close();
  toast(document.body.dataset.textChanged, null, "amber");
});
