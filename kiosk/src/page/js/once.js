// A form is sent once: from the first touch on its keys wait for the answer.
(function () {
  "use strict";
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (!form.hasAttribute("data-once")) { return; }
    if (form.getAttribute("data-sent")) { event.preventDefault(); return; }
    form.setAttribute("data-sent", "yes");
    document.body.classList.add("busy");
  });
  // A page that comes back from the browser's memory may be used again: the intent is the same.
  window.addEventListener("pageshow", function () {
    document.body.classList.remove("busy");
    document.querySelectorAll("[data-sent]").forEach(function (form) {
      form.removeAttribute("data-sent");
    });
  });
})();
