// Sends what a button or a form asks for, and shows the answer. The page itself changes only when
// the server sends its new state.

import { bodyOf, fill, partsOf } from "./body.js";
import { send } from "./request.js";
import { toast, undoToast } from "./toast.js";

const texts = document.body.dataset;

function showProblem(source, answer) {
  const text = answer.text || {};
  const zh = text.zh || answer.title || texts.textNetwork;
  const inside = source.closest("form") && source.closest("form").querySelector(".dialog-error");
  if (!inside) return toast(zh, text.en, "danger");
  inside.textContent = zh;
  inside.hidden = false;
}

function toLogin() {
  const here = location.pathname + location.search;
  location.assign(`/login?next=${encodeURIComponent(here)}`);
}

async function undo(url) {
  const { status, answer } = await send("DELETE", url, {});
  if (status >= 200 && status < 300) toast(texts.textUndone, null, "good");
  else if (status !== null) showProblem(document.body, answer);
}

function succeed(source, context, answer) {
  const { done, undoUrl, then } = source.dataset;
  const shown = Object.assign({}, answer, context);
  if (then) return location.assign(fill(then, shown, true));
  if (source.closest("dialog")) source.closest("dialog").close();
  if (source.hasAttribute("data-clear")) source.reset();
  if (undoUrl) undoToast(fill(done, shown), () => undo(fill(undoUrl, context, true)));
  else if (done) toast(fill(done, shown), null, "good");
  if (source.hasAttribute("data-rate")) document.dispatchEvent(new CustomEvent("tidehall:rated"));
  document.dispatchEvent(new CustomEvent("tidehall:done"));
}

async function act(source, body, context) {
  const url = fill(source.dataset.url, context, true);
  const noKey = source.hasAttribute("data-no-key");
  const { status, answer } = await send(source.dataset.method, url, body, { noKey });
  if (status === null) return;
  if (status === 401 && !noKey) toLogin();
  else if (status >= 200 && status < 300) succeed(source, context, answer);
  else showProblem(source, answer);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-method]");
  if (!button || button.disabled) return;
  const body = button.dataset.body ? JSON.parse(button.dataset.body) : {};
  act(button, body, { ticket: button.dataset.ticket });
});

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-method]");
  if (!form) return;
  event.preventDefault();
  const context = Object.assign({ ticket: form.dataset.ticket, window: form.dataset.window, number: form.dataset.number, record: form.dataset.record }, partsOf(form));
  for (const name of Object.keys(context)) if (!context[name]) delete context[name];
  act(form, bodyOf(form, context), context);
});
