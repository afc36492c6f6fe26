/* The review page: the draft is kept while one works, evidence rows come and go, keys reach every part. */
"use strict";

(() => {
  const form = document.getElementById("decision");
  if (!form) return;

  // Evidence rows: added from the template, emptied and hidden when removed; the server leaves empty rows out.
  const rows = document.getElementById("evidence-rows");
  const template = document.getElementById("evidence-template");
  const add = document.getElementById("add-evidence");
  const offerRemoval = (row) => {
    const button = row.querySelector(".remove-row");
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const field of row.querySelectorAll("input, textarea, select")) field.value = "";
      row.hidden = true;
      add.focus();
      changed();
    });
  };
  const addRow = () => {
    const total = form.querySelector("[name=evidence-TOTAL_FORMS]");
    const blank = [...rows.children].find(
      (row) => !row.hidden && [...row.querySelectorAll("input, textarea, select")].every((field) => !field.value),
    );
    let row = blank;
    if (!row) {
      const copy = document.createElement("div");
      copy.innerHTML = template.innerHTML
        .replaceAll("__prefix__", total.value)
        .replaceAll("__number__", Number(total.value) + 1);
      row = copy.firstElementChild;
      rows.append(row);
      total.value = Number(total.value) + 1;
      offerRemoval(row);
    }
    row.querySelector("input").focus();
  };
  if (add) {
    add.hidden = false;
    add.addEventListener("click", addRow);
    for (const row of rows.children) offerRemoval(row);
  }

  const verdict = () => form.querySelector("[name=verdict]:checked") || form.querySelector("[name=verdict]");
  document.addEventListener("keydown", (event) => {
    if (event.altKey && event.key.toLowerCase() === "e" && add) {
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
    const go = { v: verdict, r: () => form.elements.rationale, e: () => add && (addRow(), null) }[event.key];
    if (!go) return;
    event.preventDefault();
    const target = go();
    if (!target) return;
    target.closest("details")?.setAttribute("open", "");
    target.focus();
  });

  // The draft: kept a moment after the last change, and whenever the page is left.
  if (!("draft" in form.dataset)) return;
  const state = document.getElementById("draft-state");
  let timer = null;
  let dirty = false;
  const body = () => {
    const data = new FormData(form);
    data.set("action", "draft");
    return data;
  };
  const keep = async () => {
    dirty = false;
    try {
      const answer = await fetch(location.href, { method: "POST", body: body(), headers: { Accept: "application/json" } });
      const told = await answer.json();
      state.textContent = told.saved ? "Draft kept." : told.refused;
    } catch {
      dirty = true;
      state.textContent = "The draft could not be kept: no connection.";
    }
  };
  function changed() {
    dirty = true;
    state.textContent = "Keeping the draft…";
    clearTimeout(timer);
    timer = setTimeout(keep, 800);
  }
  form.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    dirty = false;
  });
  addEventListener("pagehide", () => {
    if (dirty) fetch(location.href, { method: "POST", body: body(), headers: { Accept: "application/json" }, keepalive: true });
  });
})();
