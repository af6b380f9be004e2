// Lets clocks run between two states of the server, by the server's time. A pretend clock stands.

let offsetMs = 0;
let standsAt = null;

function measure() {
  const live = document.getElementById("live");
  const now = Number(live.dataset.now);
  standsAt = live.hasAttribute("data-pretend") ? now : null;
  offsetMs = now - Date.now();
  tick();
}

function two(value) {
  return String(value).padStart(2, "0");
}

function length(seconds) {
  const minutes = Math.floor(seconds / 60) % 60;
  const hours = Math.floor(seconds / 3600);
  const rest = two(seconds % 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`;
}

function run(timer, now) {
  const seconds = Math.max(0, Math.floor((now - Number(timer.dataset.since)) / 1000));
  const past = (limit) => limit !== undefined && seconds >= Number(limit);
  const red = past(timer.dataset.redS);
  const amber = past(timer.dataset.amberS);
  const texts = document.body.dataset;
  timer.className = `timer is-${red ? "red" : amber ? "amber" : "calm"}`;
  timer.firstElementChild.textContent = length(seconds);
  timer.lastElementChild.textContent = red ? texts.textFarOver : amber ? texts.textOver : "";
}

// A button that may be pressed later says in how many seconds.
function hold(button, now) {
  const left = Math.ceil((Number(button.dataset.enableAt) - now) / 1000);
  button.disabled = left > 0;
  const count = button.querySelector("[data-countdown]");
  if (count) count.textContent = left > 0 ? ` · ${left} 秒后` : "";
}

// The hall's own time of day, as the server wrote it and gone on from there.
function showTime(clock, now) {
  const [hour, minute, second] = clock.dataset.clock.split(":").map(Number);
  const gone = Math.floor((now - Number(document.getElementById("live").dataset.now)) / 60000 + second / 60);
  const minutes = (hour * 60 + minute + Math.max(0, gone)) % 1440;
  clock.textContent = `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
}

function tick() {
  const now = standsAt === null ? Date.now() + offsetMs : standsAt;
  for (const timer of document.querySelectorAll(".timer")) run(timer, now);
  for (const clock of document.querySelectorAll("[data-clock]")) showTime(clock, now);
  for (const button of document.querySelectorAll("[data-enable-at]")) hold(button, now);
}

document.addEventListener("tidehall:live", measure);
measure();
setInterval(tick, 500);
