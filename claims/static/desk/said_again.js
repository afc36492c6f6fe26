/* Looks for repeated claims after the page has opened, and replaces the link to their page by the list on that page. */
"use strict";

(async () => {
  const place = document.getElementById("said-again");
  const link = place?.querySelector("a");
  if (!link) return;
  const state = place.querySelector("[role=status]");
  const text = gettext("Looking for what was said before …");
  const looking = document.createElement("span");
  looking.textContent = text;
  link.hidden = true;
  state.append(looking);
  try {
    const response = await fetch(link.href);
    if (!response.ok) throw new Error(response.status);
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    place.replaceChildren(...page.getElementById("said-again").childNodes);
  } catch {
    // The link still works.
    link.hidden = false;
    looking.remove();
  }
})();
