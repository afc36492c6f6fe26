/* The keyboard of the queue and of every list: j and k move down and up, x selects a row, Enter opens it.
   On a narrow screen a row is a card, where each fact has the heading of its column. */
"use strict";

(() => {
  const rows = [...document.querySelectorAll("#result_list tbody tr")];
  const link = (row) => row.querySelector("th a, td a");
  const headings = [...document.querySelectorAll("#result_list thead th")].map((cell) => cell.querySelector(".text")?.textContent.trim());
  for (const row of rows) for (const cell of row.querySelectorAll("td:not(.action-checkbox)")) {
    if (headings[cell.cellIndex] && cell.cellIndex > 0) cell.dataset.heading = headings[cell.cellIndex];
  }
  const current = () => rows.findIndex((row) => row.contains(document.activeElement));

  document.addEventListener("keydown", (event) => {
    const on = document.getElementById("keys-on");
    if (!rows.length || !on.checked || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input:not([type=checkbox]), textarea, select") || event.target.closest(".select2-container")) return;
    const at = current();
    if (event.key === "j" || event.key === "k") {
      const next = event.key === "j" ? Math.min(at + 1, rows.length - 1) : Math.max(at - 1, 0);
      link(rows[next]).focus();
    } else if (event.key === "x" && at >= 0) {
      const box = rows[at].querySelector("input.action-select");
      if (box) box.click();
      link(rows[at]).focus();
    }
  });

  // The order is part of the address, so a change of it reloads the list.
  const sort = document.querySelector("#queue-form select[name=sort]");
  if (sort) sort.addEventListener("change", () => sort.form.requestSubmit());

  // Empty parameters mean nothing and make addresses long.
  const form = document.getElementById("queue-form");
  if (form) form.addEventListener("submit", () => {
    for (const field of form.elements) if (field.name && !field.value) field.disabled = true;
  });
})();
