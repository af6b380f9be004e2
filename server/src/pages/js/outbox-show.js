// Shows what waits on this phone, what was sent, and what the server did not take and why.

import { all } from "./outbox-store.js";

const WORDS = { waiting: ["待发送", "is-paused"], sent: ["已发送", "is-idle"], refused: ["未接收", "is-no-show"] };

function fillRow(row, entry) {
  const [word, tone] = WORDS[entry.state];
  const chip = row.querySelector(".chip");
  chip.textContent = word;
  chip.classList.add(tone);
  row.querySelector("li").dataset.state = entry.state;
  row.querySelector(".what").textContent = entry.label;
  row.querySelector(".why").textContent = entry.why || "";
  row.querySelector(".when").textContent = new Date(entry.at).toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit" });
  return row;
}

export async function show(who) {
  const entries = await all(who);
  const waiting = entries.filter((entry) => entry.state === "waiting");
  document.getElementById("outbox-count").textContent = String(waiting.length);
  const row = document.getElementById("outbox-row").content;
  const rows = entries.reverse().map((entry) => fillRow(row.cloneNode(true), entry));
  document.getElementById("outbox").replaceChildren(...rows);
}
