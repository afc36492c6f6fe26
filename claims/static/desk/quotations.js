/* What was found in the text: one key or button puts a quotation into the form, and sentences to look at are underlined. */
"use strict";

(() => {
  const found = document.getElementById("quotations");
  const form = document.getElementById("passage");
  const text = document.getElementById("text");
  if (!found || !form || !text) return;
  // said_again.js adds its own later.
  const rows = () => [...document.querySelectorAll(":is(#said-again, #quotations) li[data-start]")];
  const beside = document.getElementById("beside");
  const { quote, start, text: wording, speaker, new_speaker: newSpeaker } = form.elements;
  let prefilled = wording.value;

  /** Ranges of the text for pairs of offsets in code points, [[start, end], …] in ascending order. */
  const ranges = (pairs) => {
    const nodes = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
    let node = nodes.nextNode();
    let before = 0; // code points before the node
    let length = node ? codePoints(node.data) : 0;
    const place = (offset) => {
      while (node && offset > before + length) {
        before += length;
        node = nodes.nextNode();
        length = node ? codePoints(node.data) : 0;
      }
      if (!node) return null;
      // Without characters beyond the first plane, code points are units.
      const plain = length === node.data.length;
      const units = plain ? offset - before : [...node.data].slice(0, offset - before).join("").length;
      return [node, units];
    };
    return pairs.map(([first, last]) => {
      const [from, to] = [place(first), place(last)];
      if (!from || !to) return null;
      const range = new Range();
      range.setStart(...from);
      range.setEnd(...to);
      return range;
    });
  };
  // Highlights mark the text without changing any code point of it.
  const highlight = (name, pairs) => {
    const marked = ranges(pairs).filter(Boolean);
    if (window.CSS && CSS.highlights) CSS.highlights.set(name, new Highlight(...marked));
    return marked[0];
  };
  const marks = found.dataset.marks.split(" ").filter(Boolean);
  highlight("checkworthy", marks.map((pair) => pair.split("-").map(Number)));

  const show = (row) => {
    const first = Number(row.dataset.start);
    const range = highlight("quotation", [[first, first + codePoints(row.dataset.quote)]]);
    if (!range) return;
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) scrollBy({ top: top - innerHeight / 3 });
  };
  const take = (row, chosen) => {
    quote.value = row.dataset.quote;
    start.value = row.dataset.start;
    // The moderator's own wording stays; a prefilled wording follows the quotation.
    if (!wording.value || wording.value === prefilled) wording.value = prefilled = row.dataset.quote;
    const known = chosen.dataset.speaker;
    // Nobody is chosen among namesakes.
    speaker.replaceChildren(known ? new Option(chosen.dataset.label, known, true, true) : new Option("", "", true, true));
    speaker.dispatchEvent(new Event("change", { bubbles: true }));
    const isNew = !known && !row.querySelector("button[data-speaker]");
    newSpeaker.value = isNew ? row.dataset.name : "";
    newSpeaker.closest("details").open = Boolean(newSpeaker.value);
    const checked = row.querySelector("[data-checked]");
    beside.hidden = !checked;
    if (checked) beside.querySelector(".checked").replaceChildren(...checked.cloneNode(true).childNodes);
    form.classList.add("chosen");
    wording.focus();
    show(row);
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-take]");
    if (!button) return;
    const row = button.closest("li");
    take(row, button.dataset.speaker ? button : row);
  });
  document.addEventListener("keydown", (event) => {
    const on = document.getElementById("keys-on").checked && !document.getElementById("keys").open;
    const typing = event.target.matches("input, textarea, select") || event.target.closest(".select2-container, [contenteditable]");
    const all = rows();
    if (!all.length || !on || typing || event.ctrlKey || event.metaKey || event.altKey) return;
    const at = all.findIndex((row) => row.contains(document.activeElement));
    if (event.key === "j" || event.key === "k") {
      const next = all[event.key === "j" ? Math.min(at + 1, all.length - 1) : Math.max(at - 1, 0)];
      event.preventDefault();
      next.focus();
      show(next);
    } else if (event.key === "m") {
      const row = all[at] || all.find((one) => found.contains(one) && !("onRecord" in one.dataset));
      if (!row) return;
      event.preventDefault();
      take(row, row);
    } else if (event.key === "a") {
      const button = (all[at] || document).querySelector("#said-again button[data-again]");
      if (!button) return;
      event.preventDefault();
      button.click();
    }
  });
})();
