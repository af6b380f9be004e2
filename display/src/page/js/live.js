// Keeps the live part fresh over the page's own socket, and says so when it is not: twelve seconds
// without a word, or the board's own machine has lost the server.

import { swap } from "./swap.js";

const SILENCE_MS = 12000;
// Full jitter up to ten seconds: a screen that many look at comes back sooner than a device.
const RETRY_MIN_MS = 1000;
const RETRY_MAX_MS = 10000;

let heardAt = performance.now();
let triedAt = heardAt;
let tries = 0;
let socket = null;

function setLine(line) { document.body.dataset.line = line; }
function setText(id, text) { document.getElementById(id).textContent = text; }

function hear(time) {
  tries = 0;
  setLine("live");
  setText("updated", time);
  setText("clock", time.slice(0, 5));
}

function connect() {
  const path = location.pathname.replace(/\/$/, "");
  const fresh = new WebSocket(location.origin.replace("http", "ws") + path + "/live");
  socket = fresh;
  triedAt = performance.now();
  fresh.onmessage = function (message) {
    if (socket !== fresh) { return; }
    heardAt = performance.now();
    if (message.data === "lost") { setLine("lost"); return; }
    const isBeat = message.data.startsWith("beat ");
    const time = isBeat ? message.data.slice(5) : swap(message.data);
    if (time) { hear(time); }
  };
  fresh.onclose = function () {
    if (socket !== fresh) { return; }
    socket = null;
    fresh.close();
    const most = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** tries);
    tries = Math.min(tries + 1, 10);
    setTimeout(connect, 100 + Math.random() * most);
  };
}

// A silent socket is given up at once: its own end may never come.
setInterval(function () {
  const now = performance.now();
  if (now - heardAt < SILENCE_MS) { return; }
  setLine("lost");
  if (socket && now - triedAt > SILENCE_MS) { socket.onclose(); }
}, 1000);

connect();
