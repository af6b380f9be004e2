// A session ends when nobody asks for anything, and a pad is quiet for hours: asks every five minutes.

const EVERY_MS = 300000;

setInterval(function () { fetch("/api/v1/session").catch(function () {}); }, EVERY_MS);
