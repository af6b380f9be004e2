// Sends a table from the platform and lists where it says something else than the hall.

import { sendFile } from "./request.js";
import { toast } from "./toast.js";

const SIDES = { both: "两边不一致", only_here: "只在本大厅", only_there: "只在平台" };

function cell(row, tag, text) {
  const made = document.createElement(tag);
  made.textContent = text || "—";
  if (tag === "th") made.scope = "row";
  row.append(made);
}

function show(answer) {
  const list = document.getElementById("differences");
  const body = list.querySelector("tbody");
  body.textContent = "";
  for (const one of answer.items) {
    const row = document.createElement("tr");
    row.dataset.element = one.element;
    cell(row, "th", one.name);
    cell(row, "td", one.element_name.zh);
    cell(row, "td", SIDES[one.side]);
    cell(row, "td", one.here);
    cell(row, "td", one.there);
    cell(row, "td", one.row ? `第${one.row}行` : "");
    body.append(row);
  }
  list.hidden = answer.items.length === 0;
  const count = document.getElementById("difference-count");
  count.textContent = answer.items.length
    ? `比对${answer.rows}行,发现${answer.items.length}处不同`
    : `比对${answer.rows}行,没有发现不同`;
  count.hidden = false;
}

function showFaults(answer) {
  const list = document.getElementById("file-faults");
  list.textContent = "";
  for (const fault of answer.rows || [{ zh: answer.text.zh }]) {
    const line = document.createElement("li");
    line.textContent = fault.zh;
    list.append(line);
  }
  list.hidden = false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-file]");
  if (!form) return;
  event.preventDefault();
  const file = form.querySelector("input[type=file]").files[0];
  if (!file) return;
  for (const id of ["file-faults", "differences", "difference-count"]) document.getElementById(id).hidden = true;
  const { status, answer } = await sendFile(form.dataset.file, file);
  if (status === 200) show(answer);
  else if (answer.text) showFaults(answer);
  else toast(document.body.dataset.textNetwork, null, "danger");
});
