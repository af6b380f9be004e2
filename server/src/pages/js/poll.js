// Keeps the visitor's page fresh: fetches it again every ten seconds and at every return to it.

import { swap } from "./swap.js";

const EVERY_MS = 10000;

async function refresh() {
  try {
    const reply = await fetch(location.pathname, { cache: "no-store" });
    if (!reply.ok && reply.status !== 404) throw new Error(String(reply.status));
    swap(await reply.text());
  } catch (failure) {
    const stale = document.querySelector("[data-stale]");
    if (stale) stale.hidden = false;
  }
}

setInterval(() => { if (!document.hidden) refresh(); }, EVERY_MS);
document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh(); });
document.addEventListener("tidehall:done", refresh);
