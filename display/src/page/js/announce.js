// Announces the calls of the board one after another: banner, caption, chime and voice together.

import { note, rest, show } from "./banner.js";
import { again, empty, isOpen, next, renewed, take } from "./queue.js";
import { hush, isSilent, load, play, wake } from "./sound.js";

// Time to read a call when nothing is heard, and the silence after one that was. Ours: two calls
// in the time of the sentence said twice.
const READ_MS = 5000;
const REST_MS = 700;

const state = empty();
let current = null;
// Ends the time of what is being said.
let done = null;

function listed() {
  return Array.from(document.querySelectorAll("#said > li")).map(function (item) {
    const data = item.dataset;
    return { key: data.key, ticket: data.ticket, number: data.number, window: data.window,
      recall: data.recall === "true", open: data.open === "true", age: Number(data.age),
      words: data.clips.split(" "), text: item.textContent };
  });
}

function wait(ms) {
  return new Promise(function (resolve) { done = resolve; setTimeout(resolve, ms); });
}

function times() { return Number(document.getElementById("live").dataset.times); }

async function say(call) {
  current = call;
  let said = 0;
  do {
    said += 1;
    show(call, true);
    note(call, said, isSilent());
    const seconds = play(call.words, call.recall);
    await wait(seconds > 0 ? seconds * 1000 + REST_MS : READ_MS);
  } while (!renewed(state, call) && again(state, call, said, times(), Date.now()));
}

async function run() {
  for (let call = next(state); call; call = next(state)) { await say(call); }
  current = null;
}

document.addEventListener("board:fresh", function (fresh) {
  take(state, listed(), Date.now(), fresh.detail);
  rest(function (call) { return isOpen(state, call); });
  if (!current) { run(); return; }
  show(current, false);
  if (renewed(state, current)) { hush(); done(); }
});
["pointerdown", "keydown"].forEach(function (kind) { document.addEventListener(kind, wake); });
setInterval(function () { document.body.dataset.silent = isSilent(); }, 1000);
load(document.body.dataset.voice.split(" ").filter(Boolean));
