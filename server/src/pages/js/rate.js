// The rating of a visit: what comes after the level is shown once one is chosen, and thanks take the
// form's place. Behind a window's code a rating is taken once a browser session.

const form = document.getElementById("rate");
const thanks = document.getElementById("rated");
const mark = `rated ${location.pathname}`;

function show(state) {
  form.hidden = state !== "asked";
  thanks.hidden = state !== "given";
}

function stateOf(live) {
  if (live) return live.dataset.rating;
  return sessionStorage.getItem(mark) ? "given" : "asked";
}

form.addEventListener("change", (event) => {
  if (event.target.name === "level") form.querySelector("[data-after-level]").hidden = false;
});

document.addEventListener("tidehall:rated", () => {
  if (form.hasAttribute("data-once")) sessionStorage.setItem(mark, "1");
  show("given");
});

document.addEventListener("tidehall:live", (event) => show(stateOf(event.detail)));
show(stateOf(document.querySelector("#live[data-rating]")));
