// Keeps the live part fresh over the page's own socket, and says so when it is not: twelve seconds
// without a word, or the board's own machine has lost the server.

import { hear, lose } from "./line.js";
import { swap } from "./swap.js";

const SILENCE_MS = 12000;
// Full jitter up to ten seconds: a screen that many look at comes back sooner than a device.
const RETRY_MIN_MS = 1000;
const RETRY_MAX_MS = 10000;

let heardAt = performance.now();
let triedAt = heardAt;
let tries = 0;
let socket = null;
// Whether the next live part is the first one after a loss.
let resumed = true;

function take(text) {
  heardAt = performance.now();
  if (text === "lost") { resumed = true; lose(); return; }
  const isBeat = text.startsWith("beat ");
  const time = isBeat ? text.slice(5) : swap(text, resumed);
  resumed = resumed && isBeat;
  if (!time) { return; }
  tries = 0;
  hear(time);
}

function connect() {
  const path = location.pathname.replace(/\/$/, "");
  const fresh = new WebSocket(location.origin.replace("http", "ws") + path + "/live");
  socket = fresh;
  triedAt = performance.now();
  resumed = true;
  fresh.onmessage = function (message) {
    if (socket === fresh) { take(message.data); }
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
  lose();
  if (socket && now - triedAt > SILENCE_MS) { socket.onclose(); }
}, 1000);

connect();
