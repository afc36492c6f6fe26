/* The single keys of the desk: elements say their own by data-key; links and buttons are pressed, fields get the focus. */
"use strict";

(() => {
  const dialog = document.getElementById("keys");
  if (!dialog) return;
  const enabled = document.getElementById("keys-on");
  enabled.checked = localStorage.getItem("desk-keys") !== "off";
  enabled.addEventListener("change", () => localStorage.setItem("desk-keys", enabled.checked ? "on" : "off"));
  const sheet = () => dialog.open || dialog.showModal();
  document.getElementById("show-keys").addEventListener("click", sheet);
  // A click beside the sheet closes it.
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());

  const typing = (element) =>
    element.isContentEditable ||
    element.matches("textarea, select, input:not([type=checkbox], [type=radio], [type=submit], [type=button])") ||
    element.closest(".select2-container");

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && typing(event.target) && !event.target.closest(".select2-container--open")) {
      event.target.blur();
      return;
    }
    if (!enabled.checked || dialog.open || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (event.key === "?") {
      event.preventDefault();
      sheet();
      return;
    }
    const target = [...document.querySelectorAll("[data-key]")].find((element) => element.dataset.key === event.key);
    if (!target) return;
    event.preventDefault();
    if (target.matches("a, button")) target.click();
    else target.focus();
  });

  // Only one menu is open at a time, and none while the focus is elsewhere.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("#header details[open]")) {
      if (!menu.contains(event.target)) menu.open = false;
    }
  });
})();
