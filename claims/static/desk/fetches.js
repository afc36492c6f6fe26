/* Asks whether a page has been fetched, and then loads the page that the server shows next. */
"use strict";

const LATE = 15000; // milliseconds between two looks, at most
let pause = 1000;

const shown = document.querySelector("[data-fetch]").dataset.fetch;

const lookAgain = async () => {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "application/json" }, redirect: "manual" });
    const { stamp } = await answer.json();
    if (stamp !== shown) {
      location.reload();
      return;
    }
  } catch {
    // The server may be away for a moment.
  }
  pause = Math.min(pause * 1.3, LATE);
  setTimeout(lookAgain, pause);
};

setTimeout(lookAgain, pause);
