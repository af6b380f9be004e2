// An inspection on a phone: what was chosen becomes an entry in the outbox, with its own key, and
// the outbox sends it at once or when the line is back.

import { freshKey } from "./request.js";
import { keep, sendAll } from "./outbox.js";
import { show } from "./outbox-show.js";
import { small } from "./inspect-photo.js";
import { now } from "./inspect-clock.js";
import { toast } from "./toast.js";

const main = document.querySelector("main");
const form = document.getElementById("entry");
const { hall, who } = main.dataset;
let photos = [];

form.addEventListener("change", (event) => {
  if (event.target.name === "item") {
    for (const set of form.querySelectorAll(".requirements")) {
      set.hidden = set.disabled = set.dataset.item !== event.target.value;
    }
    const shown = form.querySelector(".requirements:not([hidden])");
    const all = shown.querySelectorAll("input");
    if (all.length === 1) all[0].checked = true;
    shown.scrollIntoView({ block: "nearest", behavior: "smooth" });
  }
  document.getElementById("submit").hidden = !form.querySelector("[name=requirement]:checked:not(:disabled)");
});

document.getElementById("photo").addEventListener("change", async (event) => {
  const file = event.target.files[0];
  event.target.value = "";
  if (!file || photos.length >= 9) return;
  const picture = await small(file);
  photos.push(picture);
  const image = document.createElement("img");
  image.alt = `照片${photos.length}`;
  image.src = await new Promise((done) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.readAsDataURL(picture);
  });
  document.getElementById("photos").append(image);
});

function bodyOf(outcome) {
  const chosen = new FormData(form);
  const [kind, place] = chosen.get("place").split(/:(.*)/s);
  const seqs = chosen.getAll("seq").map(Number);
  const body = { item: chosen.get("item"), requirement: Number(chosen.get("requirement")), outcome, source: chosen.get("source"), seqs, seen_at: now().toISOString() };
  if (kind !== "hall") body[kind] = place;
  for (const name of ["note", "partner"]) if (chosen.get(name).trim()) body[name] = chosen.get(name).trim();
  return body;
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const body = bodyOf(event.submitter.value);
  const item = form.querySelector("[name=item]:checked + span b").textContent;
  const place = form.querySelector("#place").selectedOptions[0].textContent;
  const label = `${place} · ${item}第${body.requirement}点 · ${event.submitter.textContent}`;
  await keep({ key: freshKey(), hall, who, body, photos, label, state: "waiting", at: Date.now() });
  photos = [];
  const stay = form.querySelector("#place").value;
  form.reset();
  form.querySelector("#place").value = stay;
  for (const set of form.querySelectorAll(".requirements")) set.hidden = set.disabled = true;
  for (const id of ["photos", "drawer-facts"]) document.getElementById(id).replaceChildren();
  document.getElementById("drawer").open = false;
  document.getElementById("submit").hidden = true;
  toast("已保存", null, "good");
  await show(who);
  sendAll(who);
});
