/* The keys of the review page: they reach every part of the decision. */
"use strict";

(() => {
  const form = document.getElementById("decision");
  if (!form) return;
  form.evidence = evidenceRows(form);
  const addRow = () => form.evidence && form.evidence.add();

  const verdict = () => form.querySelector("[name=verdict]:checked") || form.querySelector("[name=verdict]");
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key.toLowerCase() === "e" && form.evidence) {
      event.preventDefault();
      addRow();
    }
    if (event.ctrlKey && event.key === "Enter") {
      const primary = form.querySelector("[data-primary]");
      if (primary) {
        event.preventDefault();
        form.requestSubmit(primary);
      }
    }
    // Enter in a line of the form would press some button: too easily a publication.
    if (event.key === "Enter" && event.target.matches("#decision input")) event.preventDefault();
    const on = document.getElementById("keys-on").checked && !document.getElementById("keys").open;
    const field = event.target.matches("input:not([type=radio]), textarea, select") || event.target.closest(".select2-container");
    if (!on || field || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = { v: verdict, r: () => form.elements.rationale, e: () => (addRow(), null) }[event.key];
    if (!go) return;
    event.preventDefault();
    const target = go();
    if (!target) return;
    target.closest("details")?.setAttribute("open", "");
    target.focus();
  });
})();
