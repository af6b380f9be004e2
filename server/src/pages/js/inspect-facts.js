// The drawer of evidence: what the system wrote down of the window about this minute, to be
// attached with one tap.

import { minute } from "./inspect-clock.js";

const drawer = document.getElementById("drawer");
const place = document.getElementById("place");
const hint = document.getElementById("drawer-hint");
const list = document.getElementById("drawer-facts");
const main = document.querySelector("main");

function rowOf(fact) {
  const item = document.createElement("li");
  const label = document.createElement("label");
  const box = document.createElement("input");
  box.type = "checkbox";
  box.name = "seq";
  box.value = fact.seq;
  const text = document.createElement("span");
  text.textContent = `${fact.at.slice(11, 16)} ${fact.text.zh}`;
  label.append(box, text);
  item.append(label);
  return item;
}

async function load() {
  list.replaceChildren();
  const [kind, window] = place.value.split(":");
  hint.hidden = false;
  if (kind !== "window") return void (hint.textContent = "请先选择窗口");
  hint.textContent = "正在读取…";
  const asked = new URLSearchParams({ window, around: minute() });
  try {
    const reply = await fetch(`/api/v1/halls/${encodeURIComponent(main.dataset.hall)}/evidence?${asked}`, { credentials: "same-origin" });
    const page = await reply.json();
    list.replaceChildren(...(page.items || []).map(rowOf));
    hint.textContent = list.children.length ? "轻点即附上,记录为只读" : "前后10分钟没有系统记录";
  } catch (failure) {
    hint.textContent = "离线时无法读取系统记录,可联网后在扣分时补附";
  }
}

drawer.addEventListener("toggle", () => drawer.open && load());
place.addEventListener("change", () => drawer.open && load());
