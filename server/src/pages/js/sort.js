// Sorts a table by the column whose heading is pressed: numbers by `data-sort` or as they read.

const keyOf = (row, column) => {
  const cell = row.cells[column];
  const key = cell.dataset.sort === undefined ? cell.textContent.trim() : cell.dataset.sort;
  return key !== "" && Number.isFinite(Number(key)) ? Number(key) : key;
};

function compare(a, b) {
  if (typeof a === "number" && typeof b === "number") return a - b;
  return String(a).localeCompare(String(b), "zh-CN");
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("th button[data-sorts]");
  if (!button) return;
  const heading = button.closest("th");
  const down = heading.getAttribute("aria-sort") === "ascending";
  for (const other of heading.parentElement.cells) other.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", down ? "descending" : "ascending");
  const body = heading.closest("table").tBodies[0];
  const rows = [...body.rows].sort((a, b) => compare(keyOf(a, heading.cellIndex), keyOf(b, heading.cellIndex)));
  body.append(...(down ? rows.reverse() : rows));
});
