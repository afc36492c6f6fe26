/* The keys of the review page, and of the page that asks before a step: they reach every part of the decision. */
"use strict";

(() => {
  const form = document.getElementById("decision");
  if (!form) return;
  form.evidence = typeof evidenceRows === "undefined" ? null : evidenceRows(form);
  const addRow = () => form.evidence && form.evidence.add();

  const verdicts = [...form.querySelectorAll("input[type=radio][name=verdict]")];
  const verdict = () => verdicts.find((radio) => radio.checked) || verdicts[0];
  const choose = (key) => {
    const radio = verdicts[Number(key) - 1];
    radio?.click();
    return radio;
  };
  // After a choice with the mouse, the focus moves to the rationale. A key on the radio buttons is a click too, without a detail.
  for (const radio of verdicts) {
    radio.closest("label").addEventListener("click", (event) => {
      const { rationale } = form.elements;
      if (event.detail && matchMedia("(pointer: fine)").matches && !rationale.value) setTimeout(() => rationale.focus());
    });
  }

  document.addEventListener("keydown", (event) => {
    // On a Mac, Option and E are a dead key.
    if (event.altKey && event.code === "KeyE" && form.evidence) {
      event.preventDefault();
      addRow();
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      const primary = form.querySelector("[data-primary]");
      // A key that is held down must not answer the question on the next page.
      if (primary && !event.repeat) {
        event.preventDefault();
        form.requestSubmit(primary);
      }
    }
    // Enter in a text field would press the first button, and might publish by accident.
    if (event.key === "Enter" && event.target.matches("#decision input")) event.preventDefault();
    const on = document.getElementById("keys-on").checked && !document.getElementById("keys").open;
    const field = event.target.matches("input:not([type=radio]), textarea, select") || event.target.closest(".select2-container");
    if (!on || field || event.ctrlKey || event.metaKey || event.altKey) return;
    const go = { v: verdict, r: () => form.querySelector("textarea[name=rationale]"), e: () => (addRow(), null) }[event.key];
    const target = /^[1-9]$/.test(event.key) ? choose(event.key) : go?.();
    if (!go && !target) return;
    event.preventDefault();
    target?.closest("details")?.setAttribute("open", "");
    target?.focus();
  });

  // A Mac has another key, and says so.
  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const kbd of document.querySelectorAll("kbd[data-mac]")) kbd.textContent = kbd.dataset.mac;
  }
})();
