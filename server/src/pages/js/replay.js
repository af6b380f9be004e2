// A day again: the bar chooses a second of the day, and the server shows the hall as it stood then.
// One question is under way at a time; of those asked meanwhile only the newest is sent.

import { swap } from "./swap.js";

const STEP_MS = 500;

const bar = document.getElementById("scrub");
const time = document.getElementById("scrub-time");
const play = document.getElementById("play");
const speed = document.getElementById("speed");
let underWay = false;
let wanted = null;
let playing = null;

function clock(second) {
  const part = (value) => String(Math.floor(value)).padStart(2, "0");
  return `${part(second / 3600)}:${part((second / 60) % 60)}:${part(second % 60)}`;
}

async function ask() {
  if (underWay || wanted === null) return;
  const second = wanted;
  wanted = null;
  underWay = true;
  try {
    const reply = await fetch(`${bar.dataset.page}?at=${clock(second)}&part=live`, { cache: "no-store" });
    if (reply.ok) swap(await reply.text());
    else stop();
  } catch (failure) {
    stop();
  } finally {
    underWay = false;
    ask();
  }
}

function go(second) {
  bar.value = second;
  const at = clock(Number(bar.value));
  time.textContent = at;
  bar.setAttribute("aria-valuetext", at);
  history.replaceState(null, "", `${bar.dataset.page}?at=${at}`);
  wanted = Number(bar.value);
  ask();
}

function stop() {
  clearInterval(playing);
  playing = null;
  play.textContent = play.dataset.play;
  play.setAttribute("aria-pressed", "false");
}

let place = 0;

function start() {
  place = Number(bar.value);
  playing = setInterval(() => {
    place += (Number(speed.value) * STEP_MS) / 1000;
    go(Math.floor(place));
    if (place >= Number(bar.max)) stop();
  }, STEP_MS);
  play.textContent = play.dataset.pause;
  play.setAttribute("aria-pressed", "true");
}

play.addEventListener("click", () => (playing ? stop() : start()));
bar.addEventListener("input", () => { place = Number(bar.value); go(place); });

document.addEventListener("click", (event) => {
  const way = event.target.closest("a[data-go]");
  if (!way) return;
  event.preventDefault();
  place = Number(way.dataset.go);
  go(place);
});
