// Keeps the inspector's page at hand without a line: the newest one that the network gave, and the
// files it is made of. Nothing else of the server passes here.

const SHELF = "tidehall-inspect-1";
const isPage = (url) => /^\/halls\/[^/]+\/inspect$/.test(url.pathname);
const isFile = (url) => url.pathname.startsWith("/assets/");

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

async function answer(request, url) {
  const shelf = await caches.open(SHELF);
  try {
    const reply = await fetch(request);
    // A page of somebody who is signed out is no page to keep.
    if (reply.ok && !reply.redirected) await shelf.put(request, reply.clone());
    return reply;
  } catch (failure) {
    const kept = await shelf.match(request, { ignoreSearch: isPage(url) });
    if (kept) return kept;
    throw failure;
  }
}

self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  const ours = url.origin === self.location.origin && event.request.method === "GET";
  if (ours && (isPage(url) || isFile(url))) event.respondWith(answer(event.request, url));
});
