/* The workbench: what is selected in the text, by mouse or by keyboard, goes into the form with its exact offset. */
"use strict";

(() => {
  const text = document.getElementById("text");
  const form = document.getElementById("passage");
  if (!text || !form) return;
  const { quote, start } = form.elements;
  const wording = form.elements.text;
  // On a narrow screen the form is below the text.
  const toForm = document.getElementById("to-form");
  toForm.addEventListener("click", () => {
    wording.focus();
    form.scrollIntoView();
  });
  let prefilled = wording.value;

  const fill = (passage) => {
    quote.value = passage.quote;
    start.value = passage.start;
    // The moderator's own wording stays; a prefilled wording follows the selection.
    if (!wording.value || wording.value === prefilled) wording.value = prefilled = passage.quote;
    wording.dispatchEvent(new Event("change"));
  };
  // A quote splits no word, number or character. The server knows the rules, and widens the selection in any case.
  const notice = document.getElementById("widened");
  const widen = async (passage) => {
    const query = new URLSearchParams(location.search);
    query.set("widen", `${passage.start},${codePoints(passage.quote)}`);
    const response = await fetch(`?${query}`);
    if (!response.ok) return;
    const whole = await response.json();
    const isCurrent = quote.value === passage.quote && start.value === String(passage.start);
    if (!isCurrent || whole.quote === passage.quote) return;
    fill(whole);
    notice.textContent = whole.message;
  };
  const take = () => {
    const passage = selectedPassage(text);
    if (!passage) return false;
    fill(passage);
    notice.textContent = "";
    widen(passage).catch(() => {});
    form.classList.add("chosen");
    toForm.hidden = false;
    return true;
  };
  text.addEventListener("mouseup", () => setTimeout(take));
  document.addEventListener("touchend", () => setTimeout(take));
  // A typed or pasted quote is searched for in the whole text.
  quote.addEventListener("input", () => (start.value = ""));

  // Selecting by keyboard: the browser's own caret, in a text that takes no input.
  const leave = () => {
    text.removeAttribute("contenteditable");
    text.removeAttribute("role");
    text.removeAttribute("aria-multiline");
    text.removeAttribute("aria-readonly");
  };
  const enter = () => {
    text.setAttribute("contenteditable", "true");
    text.setAttribute("role", "textbox");
    text.setAttribute("aria-multiline", "true");
    text.setAttribute("aria-readonly", "true");
    text.focus();
  };
  for (const kind of ["beforeinput", "drop", "paste", "cut"]) {
    text.addEventListener(kind, (event) => event.preventDefault());
  }
  text.addEventListener("blur", leave);
  document.addEventListener("keydown", (event) => {
    if (event.target === text) {
      if (event.key === "Enter") {
        event.preventDefault();
        if (take()) {
          leave();
          wording.focus();
        }
      } else if (event.key === "Escape") {
        leave();
      }
      return;
    }
    const on = document.getElementById("keys-on").checked && !document.getElementById("keys").open;
    const field = event.target.matches("input, textarea, select") || event.target.closest(".select2-container");
    if (event.key === "s" && on && !field && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      enter();
    }
  });
})();
