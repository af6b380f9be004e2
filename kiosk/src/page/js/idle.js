// Warns after half a minute without a touch and goes home twenty seconds later, so that nothing
// of the last visitor stays on the screen. Source: SCREENS 1.1.
(function () {
  "use strict";
  var large = document.body.classList.contains("large");
  var warnAfter = (large ? 60 : 30) * 1000;
  var leaveAfter = 20 * 1000;
  var veil = document.getElementById("idle");
  var timer = null;
  var homeAfter = Number(document.body.getAttribute("data-home-after") || 0) * 1000;
  function home() {
    ["large", "low", "language"].forEach(function (name) {
      document.cookie = name + "=; Path=/; Max-Age=0; SameSite=Strict";
    });
    window.location.replace("/");
  }
  function isFresh() {
    var path = window.location.pathname === "/";
    return path && document.body.className.trim() === "";
  }
  function warn() {
    if (isFresh()) { start(); return; }
    veil.hidden = false;
    timer = window.setTimeout(home, leaveAfter);
  }
  function start() {
    window.clearTimeout(timer);
    veil.hidden = true;
    timer = homeAfter > 0 ? window.setTimeout(home, homeAfter) : window.setTimeout(warn, warnAfter);
  }
  ["pointerdown", "keydown", "scroll"].forEach(function (kind) {
    document.addEventListener(kind, start, { passive: true });
  });
  document.getElementById("idle-stay").addEventListener("click", start);
  start();
})();
