/* What Django's forms leave undone: names for Select2's parts and for fields in the cells of a table, for screen readers; and
   the focus on the first thing to be put right. */
"use strict";

{
  // After Django's own widgets, which wait for jQuery if a page has it.
  const ready = window.django?.jQuery ?? ((work) => work());
  ready(() => {
    for (const select of document.querySelectorAll("select.admin-autocomplete")) {
      const label = select.labels[0];
      const parts = select.nextElementSibling;
      if (!label || !parts) continue;
      for (const part of parts.querySelectorAll(".select2-selection, .select2-selection__rendered, .select2-search__field")) {
        part.setAttribute("aria-label", label.textContent.trim());
      }
    }
    for (const field of document.querySelectorAll("td :is(input:not([type=hidden]), select, textarea)")) {
      const cell = field.closest("td");
      const head = field.closest("table").querySelector("thead tr");
      // An inline's first heading spans the cell that names the row.
      const headings = head ? [...head.cells].flatMap((th) => Array(th.colSpan).fill(th)) : [];
      const heading = headings[cell.cellIndex];
      if (heading && !field.labels.length && !field.ariaLabel) field.setAttribute("aria-label", heading.textContent.trim());
    }
    const wrong = document.querySelector("main .errorlist");
    const field = wrong && wrong.closest(".field, fieldset, .form-row")?.querySelector("input:not([type=hidden]), select, textarea");
    if (field) field.focus();
    if (wrong) wrong.scrollIntoView({ block: "center" });
  });
}
