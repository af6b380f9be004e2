// Sends one change. Its key stays in the session until the server has answered, so that a double
// click or a reload repeats the same change instead of making a new one.

const underWay = new Set();

export function freshKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 15) | 64;
  bytes[8] = (bytes[8] & 63) | 128;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

function keyOf(name) {
  const known = sessionStorage.getItem(name);
  if (known) return known;
  const key = freshKey();
  sessionStorage.setItem(name, key);
  return key;
}

// Answers with {status, answer}; status 0 is a network that did not answer, null a change that is
// already under way.
export async function send(method, url, body, options) {
  const text = JSON.stringify(body);
  const name = `change ${method} ${url} ${text}`;
  const keyed = !(options && options.noKey);
  const mark = keyed ? name : `${method} ${url}`;
  if (underWay.has(mark)) return { status: null, answer: {} };
  underWay.add(mark);
  try {
    const headers = { "X-Tidehall": "1", "Content-Type": "application/json" };
    if (keyed) headers["Idempotency-Key"] = keyOf(name);
    const reply = await fetch(url, { method, headers, body: text, credentials: "same-origin" });
    const answer = await reply.json().catch(() => ({}));
    const unsure = reply.status === 429 || reply.status >= 500;
    if (keyed && !unsure) sessionStorage.removeItem(name);
    return { status: reply.status, answer };
  } catch (failure) {
    return { status: 0, answer: {} };
  } finally {
    underWay.delete(mark);
  }
}

// Sends a file that is only looked at: nothing is done twice when it is sent again.
export async function sendFile(url, file) {
  const spreadsheet = "application/octet-stream";
  const type = file.name.toLowerCase().endsWith(".csv") ? "text/csv" : spreadsheet;
  const headers = { "X-Tidehall": "1", "Content-Type": type, "Idempotency-Key": freshKey() };
  try {
    const reply = await fetch(url, { method: "POST", headers, body: file, credentials: "same-origin" });
    return { status: reply.status, answer: await reply.json().catch(() => ({})) };
  } catch (failure) {
    return { status: 0, answer: {} };
  }
}
