// Reads this page again every few seconds and swaps the part that changes, unless a finger is down.
(function () {
  "use strict";
  var part = document.getElementById("refresh");
  if (!part) { return; }
  var every = Number(part.getAttribute("data-every")) * 1000;
  var awaited = part.getAttribute("data-until-gone");
  var touching = false;
  document.addEventListener("pointerdown", function () { touching = true; });
  document.addEventListener("pointerup", function () { touching = false; });
  document.addEventListener("pointercancel", function () { touching = false; });
  function swap(text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var fresh = page.getElementById("refresh");
    var time = page.getElementById("clock");
    if (!fresh || touching) { return; }
    if (awaited && !page.getElementById(awaited)) {
      // What was waited for is over: the whole page is new, its timers too.
      window.location.reload();
      return;
    }
    if (fresh.innerHTML !== part.innerHTML) { part.innerHTML = fresh.innerHTML; }
    if (time) { document.getElementById("clock").textContent = time.textContent; }
  }
  window.setInterval(function () {
    if (document.body.classList.contains("busy")) { return; }
    fetch(window.location.href, { cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.text() : ""; })
      .then(function (text) { if (text) { swap(text); } })
      .catch(function () { return null; });
  }, every);
})();
