/* Guesses the language of a typed or pasted text if its field is empty. The person accepts the guess or ignores it. */
"use strict";

for (const form of document.querySelectorAll("form[data-language]")) {
  const { text, language, csrfmiddlewaretoken } = form.elements;
  const box = document.createElement("p");
  box.className = "nearest guess";
  box.setAttribute("role", "status");
  box.hidden = true;
  language.closest(".field").append(box);
  let last = "";

  const guess = async () => {
    const head = text.value.slice(0, 2_000);
    if (head === last) return;
    last = head;
    box.hidden = true;
    if (language.value || !head.trim()) return;
    const body = new URLSearchParams({ csrfmiddlewaretoken: csrfmiddlewaretoken.value, text: head });
    const response = await fetch(form.dataset.language, { method: "POST", body });
    if (!response.ok) return;
    const guessed = await response.json();
    if (!guessed.language || language.value || head !== last) return;
    const take = document.createElement("button");
    take.type = "button";
    take.className = "quiet-button";
    take.textContent = interpolate(gettext("Write “%s”"), [guessed.language]);
    take.addEventListener("click", () => {
      language.value = guessed.language;
      language.dispatchEvent(new Event("input", { bubbles: true }));
      language.focus();
    });
    box.replaceChildren(interpolate(gettext("The text seems to be in this language: %s."), [guessed.name]), " ", take);
    box.hidden = false;
    const folded = language.closest("details");
    if (folded) folded.open = true;
  };
  // Without an answer, show no guess.
  text.addEventListener("change", () => guess().catch(() => {}));
  text.addEventListener("paste", () => setTimeout(() => guess().catch(() => {})));
  language.addEventListener("input", () => (box.hidden = true));
}
