/* The rows of evidence: added from the template, emptied and hidden when removed; the server leaves empty rows out. */
"use strict";

const evidenceRows = (form) => {
  const rows = form.querySelector("#evidence-rows");
  const template = form.querySelector("#evidence-template");
  const add = form.querySelector("#add-evidence");
  if (!add) return null;
  const total = form.elements["evidence-TOTAL_FORMS"];
  const fields = (row) => [...row.querySelectorAll("input, textarea")];
  const filled = (field) => (field.type === "radio" ? field.checked : field.value);

  const offerRemoval = (row) => {
    const button = row.querySelector(".remove-row");
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const field of fields(row)) {
        if (field.type === "radio") field.checked = false;
        else field.value = "";
      }
      row.hidden = true;
      add.focus();
      form.dispatchEvent(new Event("input"));
    });
  };
  const append = () => {
    const copy = document.createElement("div");
    copy.innerHTML = template.innerHTML
      .replaceAll("__prefix__", total.value)
      .replaceAll("__number__", Number(total.value) + 1);
    const row = copy.firstElementChild;
    rows.append(row);
    total.value = Number(total.value) + 1;
    offerRemoval(row);
    return row;
  };
  const addRow = () => {
    const blank = [...rows.children].find((row) => !row.hidden && !fields(row).some(filled));
    (blank || append()).querySelector("input").focus();
  };
  add.hidden = false;
  add.addEventListener("click", addRow);
  for (const row of rows.children) offerRemoval(row);
  return { add: addRow, append };
};
