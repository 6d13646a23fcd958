// <input type="checkbox" data-select-all> ticks the rows of its table; [data-selected-count] of the same form counts them.
document.addEventListener("change", ({ target }) => {
  const table = target.closest("table");
  if (!table || target.type !== "checkbox") return;
  const rows = [...table.querySelectorAll("tbody input[type=checkbox]:not(:disabled)")];
  if (target.matches("[data-select-all]")) rows.forEach((box) => (box.checked = target.checked));
  rows.forEach((box) => box.closest("tr").setAttribute("aria-selected", String(box.checked)));
  const chosen = rows.filter((box) => box.checked).length;
  const count = target.closest("form")?.querySelector("[data-selected-count]");
  if (count) count.textContent = chosen;
});
