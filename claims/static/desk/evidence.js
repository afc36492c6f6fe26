/* The rows of evidence: added from the template, emptied and hidden when removed; the server leaves empty rows out. What the text of
   its page says about a quote is asked for as soon as address and quote are there. */
"use strict";

// Milliseconds between two looks for a page that is being fetched: at first, and at most.
const SOON = 1000;
const LATE = 15000;

const evidenceRows = (form) => {
  const rows = form.querySelector("#evidence-rows");
  const template = form.querySelector("#evidence-template");
  const add = form.querySelector("#add-evidence");
  if (!add) return null;
  const total = form.elements["evidence-TOTAL_FORMS"];
  const fields = (row) => [...row.querySelectorAll("input, textarea")];
  const filled = (field) => (field.type === "radio" ? field.checked : field.value);

  // Ask the server about a row. If that fails, the pressed button sends the form.
  const ask = async (row, action, button) => {
    const says = row.querySelector(".says");
    const data = new FormData(form);
    data.set("action", action);
    says.setAttribute("aria-busy", "true");
    const asked = (row.asked = {});
    try {
      const answer = await fetch(location.href, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      const told = await answer.json();
      // A later question, or text typed meanwhile, takes precedence.
      if (row.asked !== asked || !told.says || told.says === row.said) return;
      row.said = told.says;
      for (const [name, value] of Object.entries(told.fields)) row.querySelector(`[name$="-${name}"]`).value = value;
      says.innerHTML = told.says;
      form.dispatchEvent(new Event("input"));
    } catch {
      if (button) form.requestSubmit(button);
    } finally {
      says.removeAttribute("aria-busy");
      wait(row);
    }
  };
  // While a page is being fetched, ask whether it has arrived.
  const wait = (row) => {
    const button = row.querySelector("[data-waiting] button");
    clearTimeout(row.waits);
    if (!button || row.hidden) return;
    row.pause = Math.min((row.pause || SOON) * 1.3, LATE);
    row.waits = setTimeout(() => ask(row, button.value), row.pause);
  };
  const watch = (row) => {
    const [url, quote, start] = ["url", "quote", "start"].map((name) => row.querySelector(`[name$="-${name}"]`));
    const look = () => url.value && quote.value.trim() && ask(row, `look:${start.name.replace(/-start$/, "")}`);
    quote.addEventListener("input", () => {
      start.value = "";
      row.asked = null;
    });
    for (const field of [url, quote]) field.addEventListener("change", look);
    wait(row);
    row.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-says]");
      if (!button) return;
      event.preventDefault();
      row.pause = row.said = null;
      ask(row, button.value, button);
    });
  };

  const offerRemoval = (row) => {
    const button = row.querySelector(".remove-row");
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const field of fields(row)) {
        if (field.type === "radio") field.checked = false;
        else field.value = "";
      }
      row.asked = null;
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
    watch(row);
    return row;
  };
  const addRow = () => {
    const blank = [...rows.children].find((row) => !row.hidden && !fields(row).some(filled));
    (blank || append()).querySelector("input").focus();
  };
  add.hidden = false;
  add.addEventListener("click", addRow);
  for (const row of rows.children) {
    offerRemoval(row);
    watch(row);
  }
  return { add: addRow, append };
};
