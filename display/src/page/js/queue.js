// What is announced next: first in, first out, each call as often as the hall says. Pure: it reads
// no clock, no page and no network. Source: SCREENS 1.4, RELIABILITY 2.7.

// Nothing older is announced after a loss of the line or at the start of the page.
export const OLD_MS = 20000;
// With more waiting, or when one waits longer, nothing is said twice; every call is said once.
export const BACKLOG_MAX = 3;
export const BEHIND_MS = 25000;

export function empty() {
  return { known: {}, calls: [], waiting: [] };
}

// Whether the visitor is still awaited at the same window.
export function isOpen(state, item) {
  return state.calls.some(function (call) {
    return call.open && call.ticket === item.ticket && call.window === item.window;
  });
}

// Takes the whole list of calls of a board; what was not heard of before is queued. On a line that
// holds nothing is too old, however fast the hall's clock runs. Keys that left the board are
// forgotten, so that a day does not fill the memory.
export function take(state, calls, now, resumed) {
  const known = {};
  calls.forEach(function (call) {
    const heard = known[call.key] || state.known[call.key];
    known[call.key] = true;
    if (!heard && call.open && !(resumed && call.age > OLD_MS)) {
      state.waiting.push({ call: call, since: now });
    }
  });
  state.known = known;
  state.calls = calls;
}

// The next call that is still to be answered, taken out of the queue; null when there is none.
export function next(state) {
  while (state.waiting.length > 0) {
    const call = state.waiting.shift().call;
    if (isOpen(state, call)) { return call; }
  }
  return null;
}

// A recall of the call that is being said comes next: the same visitor, newer words.
export function renewed(state, call) {
  const at = state.waiting.findIndex(function (item) { return item.call.ticket === call.ticket; });
  if (at >= 0) { state.waiting.unshift(state.waiting.splice(at, 1)[0]); }
  return at >= 0;
}

// Whether a call that was said `said` times is said once more.
export function again(state, call, said, times, now) {
  if (said >= times || !isOpen(state, call)) { return false; }
  const behind = state.waiting.some(function (item) { return now - item.since > BEHIND_MS; });
  return state.waiting.length <= BACKLOG_MAX && !behind;
}
