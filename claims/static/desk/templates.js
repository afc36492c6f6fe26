/* Templates for rationales: the chosen one goes below what is typed. */
"use strict";

for (const box of document.querySelectorAll("[data-templates]")) {
  const field = document.getElementById(box.dataset.templates);
  if (!field) continue;
  box.hidden = false;
  box.querySelector("button").addEventListener("click", () => {
    const { text } = box.querySelector("select").selectedOptions[0].dataset;
    const typed = field.value.trimEnd();
    field.value = typed ? `${typed}\n\n${text}` : text;
    // The draft is saved as after typing.
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
}
