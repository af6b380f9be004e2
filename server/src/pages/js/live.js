// Keeps the live part fresh over the page's own socket. Every message is the whole live part or a
// beat; after twelve seconds without either the page says that it is not live.

import { swap } from "./swap.js";

const SILENCE_MS = 12000;
const RETRY_MIN_MS = 1000;
const RETRY_MAX_MS = 30000;

const offline = document.getElementById("offline");
let heardAt = Date.now();
let tries = 0;
let socket = null;
let retry = null;

function hear() {
  heardAt = Date.now();
  tries = 0;
  offline.hidden = true;
}

// Full jitter: pages that lost the server together do not all come back together.
function later() {
  const most = Math.min(RETRY_MAX_MS, RETRY_MIN_MS * 2 ** tries);
  tries += 1;
  clearTimeout(retry);
  retry = setTimeout(connect, RETRY_MIN_MS / 2 + Math.random() * most);
}

// A socket cannot say why it was refused; the page itself can.
async function checkSession() {
  const reply = await fetch(location.pathname, { redirect: "manual" }).catch(() => null);
  if (reply && (reply.status === 401 || reply.type === "opaqueredirect")) location.reload();
}

function connect() {
  const scheme = location.protocol === "https:" ? "wss" : "ws";
  const path = location.pathname.replace(/\/$/, "");
  let opened = false;
  const fresh = new WebSocket(`${scheme}://${location.host}${path}/live`);
  socket = fresh;
  fresh.onopen = () => { opened = true; };
  fresh.onmessage = (message) => {
    hear();
    if (message.data !== "beat") swap(message.data);
  };
  fresh.onclose = () => {
    if (socket !== fresh) return;
    socket = null;
    if (!opened) checkSession();
    later();
  };
}

setInterval(() => {
  if (Date.now() - heardAt < SILENCE_MS) return;
  offline.hidden = false;
  if (socket && Date.now() - heardAt > 2 * SILENCE_MS) socket.close();
}, 1000);

document.addEventListener("visibilitychange", () => {
  if (document.hidden || socket) return;
  clearTimeout(retry);
  connect();
});

// Without a socket a change is seen by loading the page again.
document.addEventListener("tidehall:done", () => {
  if (!socket || socket.readyState !== WebSocket.OPEN) setTimeout(() => location.reload(), 1500);
});

connect();
