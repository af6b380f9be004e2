// Light, or dark when the person chose it. Runs before the first paint.
(function () {
  var STORE = "tidehall theme";
  var root = document.documentElement;
  var chosen = null;
  try { chosen = localStorage.getItem(STORE); } catch (failure) { chosen = null; }
  if (chosen) root.dataset.theme = chosen;
  document.addEventListener("click", function (event) {
    if (!event.target.closest("[data-theme-switch]")) return;
    var dark = getComputedStyle(root).getPropertyValue("color-scheme").trim() === "dark";
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem(STORE, root.dataset.theme); } catch (failure) { return; }
  });
})();
