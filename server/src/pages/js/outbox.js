// Sends what waits on this phone: photos first, then the entry under its own key, so that it is
// written once however often it is sent. What the server refuses stays here with the reason.

import { all, put, remove } from "./outbox-store.js";
import { show } from "./outbox-show.js";

export { put as keep };
const KEEP_SENT = 20;
const AGAIN_MS = 10000;
let busy = false;

async function post(url, type, body, key) {
  const headers = { "X-Tidehall": "1", "Content-Type": type };
  if (key) headers["Idempotency-Key"] = key;
  const reply = await fetch(url, { method: "POST", headers, body, credentials: "same-origin" });
  const answer = await reply.json().catch(() => ({}));
  return { status: reply.status, answer };
}

const later = (status) => status === 401 || status === 408 || status === 429 || status >= 500;

// True when the next one can be tried; false when the line or the session is gone.
async function sendOne(entry) {
  const base = `/api/v1/halls/${encodeURIComponent(entry.hall)}`;
  const shas = entry.shas || [];
  while (shas.length < entry.photos.length) {
    const photo = entry.photos[shas.length];
    const { status, answer } = await post(`${base}/photos`, photo.type, photo);
    if (later(status)) return false;
    if (status !== 201) return settle(entry, "refused", answer);
    shas.push(answer.sha256);
    entry.shas = shas;
    await put(entry);
  }
  const body = JSON.stringify({ ...entry.body, photos: shas });
  const { status, answer } = await post(`${base}/inspections`, "application/json", body, entry.key);
  if (later(status)) return false;
  return settle(entry, status === 201 ? "sent" : "refused", answer);
}

async function settle(entry, state, answer) {
  entry.state = state;
  entry.why = state === "refused" ? (answer.text && answer.text.zh) || answer.title : "";
  if (state === "sent") entry.photos = [];
  await put(entry);
  return true;
}

export async function sendAll(who) {
  if (busy) return;
  busy = true;
  try {
    for (const entry of await all(who)) {
      if (entry.state === "waiting" && !(await sendOne(entry))) break;
    }
    const sent = (await all(who)).filter((entry) => entry.state === "sent");
    for (const entry of sent.slice(0, -KEEP_SENT)) await remove(entry.key);
  } catch (failure) {
    // No line: everything stays.
  } finally {
    busy = false;
    await show(who);
  }
}

const { who } = document.querySelector("main").dataset;
const again = () => sendAll(who);
addEventListener("online", again);
setInterval(again, AGAIN_MS);
again();
