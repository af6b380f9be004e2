// What the page says of its line: what is shown is as new as the last word.

function setText(id, text) { document.getElementById(id).textContent = text; }

export function hear(time) {
  document.body.dataset.line = "live";
  setText("updated", time);
  setText("clock", time.slice(0, 5));
}

export function lose() { document.body.dataset.line = "lost"; }
