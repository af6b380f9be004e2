// Entries that wait on this phone, with their photos and keys, in the browser's own database.

const opened = new Promise((done, failed) => {
  const request = indexedDB.open("tidehall-inspect", 1);
  request.onupgradeneeded = () => request.result.createObjectStore("entry", { keyPath: "key" });
  request.onsuccess = () => done(request.result);
  request.onerror = () => failed(request.error);
});

async function run(mode, what) {
  const database = await opened;
  return new Promise((done, failed) => {
    const turn = database.transaction("entry", mode);
    const request = what(turn.objectStore("entry"));
    turn.oncomplete = () => done(request.result);
    turn.onerror = turn.onabort = () => failed(turn.error);
  });
}

export const put = (entry) => run("readwrite", (store) => store.put(entry));
export const remove = (key) => run("readwrite", (store) => store.delete(key));

// The author's own, oldest first: another person's entries wait until that person is back.
export async function all(who) {
  const entries = await run("readonly", (store) => store.getAll());
  return entries.filter((entry) => entry.who === who).sort((a, b) => a.at - b.at);
}
