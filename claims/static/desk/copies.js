/* The copies of drafts in this browser: of one person each, by claim and by opening of its page. They go when the server has
   the text, which it says in the class of a message, and when their owner signs out. So do those of comments, one for each claim. */
"use strict";

const copies = (() => {
  const owner = document.querySelector("meta[name=desk-user]")?.content;
  const prefix = (claim) => `draft:${owner}:${claim === undefined ? "" : `${claim}:`}`;
  const keys = (claim) => (owner ? Object.keys(localStorage).filter((key) => key.startsWith(prefix(claim))) : []);

  const comment = (claim) => `comment:${owner}:${claim}`;

  for (const message of document.querySelectorAll(".messagelist li")) {
    for (const [, claim, page] of message.className.matchAll(/\bused-(\d+)-([0-9a-f-]+)/g)) {
      localStorage.removeItem(prefix(claim) + page);
    }
    for (const [, claim] of message.className.matchAll(/\bsaid-(\d+)/g)) localStorage.removeItem(comment(claim));
  }
  for (const form of document.querySelectorAll("form[action$='/logout/']")) {
    form.addEventListener("submit", () => {
      const comments = Object.keys(localStorage).filter((key) => key.startsWith(comment("")));
      for (const key of [...keys(), ...comments]) localStorage.removeItem(key);
    });
  }
  // A page without the form says that this browser has a text from another page.
  const waits = document.getElementById("copy-waits");
  if (waits && keys(waits.dataset.claim).length) waits.hidden = false;
  return { owner, prefix, keys, comment };
})();
