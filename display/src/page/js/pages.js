// Turns the pages of lists that are longer than their place. Which page is shown depends on the
// time alone, so that a new board does not begin anew. Source: SCREENS 1.4: every 8 s.
const EVERY_MS = 8000;

function turn() {
  const now = Math.floor(Date.now() / EVERY_MS);
  document.querySelectorAll("[data-pages]").forEach(function (part) {
    const pages = part.querySelectorAll("[data-page]");
    if (pages.length < 2) { return; }
    const shown = now % pages.length;
    pages.forEach(function (page, index) { page.hidden = index !== shown; });
    const count = part.querySelector("[data-count]");
    if (count) { count.textContent = (shown + 1) + "/" + pages.length; }
  });
}

document.addEventListener("board:fresh", turn);
setInterval(turn, 1000);
turn();
