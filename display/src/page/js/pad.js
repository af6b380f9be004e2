// Asks for a rating after a finish, as long as the hall says so; then the window's own face again.
// Nothing is sent unless a button is pressed.

const THANKS_MS = 5000;

const ask = document.getElementById("ask");
const said = document.getElementById("said");
const done = new Set();
let asked = null;
let timer = 0;

function rest() {
  clearTimeout(timer);
  asked = null;
  ask.hidden = true;
  said.hidden = true;
}

function look() {
  const { ticket, number, left } = document.getElementById("live").dataset;
  if (!ticket || done.has(ticket)) { if (asked) { rest(); } return; }
  if (asked === ticket) { return; }
  rest();
  asked = ticket;
  document.getElementById("ask-number").textContent = number;
  ask.hidden = false;
  timer = setTimeout(rest, Number(left));
}

function answer(isTaken) {
  asked = null;
  ask.hidden = true;
  said.dataset.taken = isTaken;
  said.hidden = false;
  timer = setTimeout(rest, THANKS_MS);
}

function press(level) {
  const ticket = asked;
  clearTimeout(timer);
  done.add(ticket);
  const headers = { "Content-Type": "application/json", "X-Tidehall": "1",
    "Idempotency-Key": "pad " + ticket + " " + level };
  const body = JSON.stringify({ ticket: ticket, level: level });
  fetch(document.body.dataset.ratings, { method: "POST", headers: headers, body: body })
    .then(function (reply) { answer(reply.ok); })
    .catch(function () { answer(false); });
}

ask.addEventListener("click", function (event) {
  const button = event.target.closest("button");
  if (!button || !asked) { return; }
  if (button.id === "skip") { done.add(asked); rest(); return; }
  press(Number(button.dataset.level));
});

document.addEventListener("board:fresh", look);
look();
