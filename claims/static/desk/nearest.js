/* The passage nearest to a quote that is not in the text: a click takes it as the quote. */
"use strict";

for (const button of document.querySelectorAll("button[data-nearest]")) {
  const { quote, start } = button.form.elements;
  button.addEventListener("click", () => {
    quote.value = button.dataset.nearest;
    quote.dispatchEvent(new Event("input", { bubbles: true }));
    if (start) start.value = button.dataset.start;
    button.closest(".nearest").remove();
    quote.focus();
  });
}
