/* Says on the page when a passkey or security key did not work; allauth's script only tells the console. */
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  const note = document.getElementById("passkey-error");
  document.querySelector("#content h1").after(note);
  note.hidden = false;
});
