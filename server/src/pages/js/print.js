// A button with `data-print` prints the page; the style sheet says what goes on paper.

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-print]")) window.print();
});
