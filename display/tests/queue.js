// The queue of announcements, tried in a browser. The page says what went wrong, or that nothing did.

import { BACKLOG_MAX, BEHIND_MS, OLD_MS, again, empty, next, renewed, take } from "/assets/board/queue.js";

const cases = {
  "calls are said in the order they came": function () {
    const state = empty();
    take(state, [call(1), call(2)], 0);
    take(state, [call(1), call(2), call(3)], 0);
    return [said(state), "1 2 3"];
  },
  "a call that was heard of is not said again": function () {
    const state = empty();
    take(state, [call(1)], 0);
    next(state);
    take(state, [call(1)], 0);
    return [said(state), ""];
  },
  "a recall is said again": function () {
    const state = empty();
    take(state, [call(1)], 0);
    next(state);
    take(state, [Object.assign(call(1), { key: "1/2" })], 0);
    return [said(state), "1"];
  },
  "an answered call is left out": function () {
    const state = empty();
    take(state, [call(1), call(2)], 0);
    take(state, [Object.assign(call(1), { open: false }), call(2)], 0);
    return [said(state), "2"];
  },
  "a call to another window replaces the first": function () {
    const state = empty();
    take(state, [call(1)], 0);
    take(state, [Object.assign(call(1), { key: "1/1/later", window: "9" })], 0);
    return [said(state, "window"), "9"];
  },
  "old calls are not said when the page begins or the line comes back": function () {
    const state = empty();
    take(state, [Object.assign(call(1), { age: OLD_MS + 1 }), Object.assign(call(2), { age: OLD_MS })], 0, true);
    take(state, [Object.assign(call(1), { age: 0 }), call(2)], 0, false);
    return [said(state), "2"];
  },
  "on a line that holds every call is said, also when the hall's clock jumps": function () {
    const state = empty();
    take(state, [], 0, true);
    take(state, [Object.assign(call(1), { age: 10 * OLD_MS })], 0, false);
    return [said(state), "1"];
  },
  "a long wait in the queue drops no call": function () {
    const state = empty();
    const calls = [1, 2, 3, 4, 5, 6, 7, 8, 9].map(call);
    take(state, calls, 0);
    take(state, calls.map(function (one) { return Object.assign(one, { age: 10 * OLD_MS }); }), 0, true);
    return [said(state), "1 2 3 4 5 6 7 8 9"];
  },
  "a call is said as often as the hall wants": function () {
    const state = empty();
    take(state, [call(1)], 0);
    const one = next(state);
    return [[again(state, one, 1, 2, 0), again(state, one, 2, 2, 0), again(state, one, 1, 1, 0)].join(), "true,false,false"];
  },
  "a backlog drops the second time": function () {
    const state = empty();
    take(state, [1, 2, 3, 4].slice(0, BACKLOG_MAX + 1).map(call), 0);
    const one = next(state);
    const few = again(state, one, 1, 2, 0);
    take(state, [1, 2, 3, 4, 5].map(call), 0);
    return [[few, again(state, one, 1, 2, 0)].join(), "true,false"];
  },
  "somebody who waits too long drops the second time": function () {
    const state = empty();
    take(state, [call(1), call(2)], 0);
    const one = next(state);
    return [[again(state, one, 1, 2, BEHIND_MS), again(state, one, 1, 2, BEHIND_MS + 1)].join(), "true,false"];
  },
  "an answered call is not said a second time": function () {
    const state = empty();
    take(state, [call(1)], 0);
    const one = next(state);
    take(state, [Object.assign(call(1), { open: false })], 0);
    return [again(state, one, 1, 2, 0), false];
  },
  "a recall of what is being said comes next": function () {
    const state = empty();
    take(state, [call(1), call(2)], 0);
    const one = next(state);
    const before = renewed(state, one);
    take(state, [Object.assign(call(1), { key: "1/2" }), call(2)], 0);
    return [[before, renewed(state, one), said(state)].join(), "false,true,1 2"];
  },
  "a day does not fill the memory": function () {
    const state = empty();
    for (let n = 0; n < 1000; n += 1) { take(state, [call(n)], 0); next(state); }
    return [Object.keys(state.known).length + state.waiting.length, 1];
  },
};

function call(n) {
  return { key: n + "/1", ticket: String(n), window: "3", open: true, age: 0 };
}

function said(state, what) {
  const words = [];
  for (let one = next(state); one; one = next(state)) { words.push(one[what || "ticket"]); }
  return words.join(" ");
}

const wrong = Object.keys(cases).filter(function (name) {
  const [found, wanted] = cases[name]();
  return found !== wanted;
});
const text = wrong.length ? "wrong: " + wrong.join("; ") : Object.keys(cases).length + " cases hold";
document.getElementById("result").textContent = text;
