/* Does not send a form that the server or a proxy would refuse for its size, because the page with the typed text would be gone.
   Nobody can ask a proxy for its limit, so a large form is tried on an address that drops it. */
"use strict";

for (const form of document.querySelectorAll("form[data-size]")) {
  const LARGE = 900_000; // bytes; the least limit that proxies come with is a megabyte
  const bytes = (value) => (value instanceof File ? value.size : new Blob([value]).size);
  const told = document.createElement("p");
  told.className = "errornote";
  told.setAttribute("role", "alert");
  let tried = false;

  form.addEventListener("submit", async (event) => {
    if (tried) return;
    const data = new FormData(form, event.submitter);
    const sizes = [...data].map(([name, value]) => [bytes(value), name]).sort(([a], [b]) => b - a);
    if (sizes.reduce((sum, [size]) => sum + size, 0) < LARGE) return;
    event.preventDefault();
    let fits = false;
    try {
      fits = (await fetch(form.dataset.size, { method: "POST", body: data })).status !== 413;
    } catch {
      // A proxy may close the connection while the form is still being sent.
    }
    if (fits) {
      tried = true;
      form.requestSubmit(event.submitter);
      tried = false;
      return;
    }
    told.textContent = gettext("This is more than the server takes, or the connection failed. Nothing was sent, and what you typed is still here.");
    const field = form.querySelector(`[name="${CSS.escape(sizes[0][1])}"]`);
    field.closest(".field").prepend(told);
    field.focus();
  });
}
