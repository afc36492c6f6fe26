/* The comment form: it offers names after an @, sends with Ctrl+Enter, and keeps what is typed in this browser until it is sent. */
"use strict";

(() => {
  const form = document.getElementById("comment-form");
  if (!form) return;
  const field = form.elements.comment;
  const list = document.getElementById("mention-choices");
  const people = JSON.parse(document.getElementById("mention-people").textContent);
  const MOST = 8;
  let chosen = 0;

  // Restore the text that was typed before the page was left.
  const key = copies.comment(form.dataset.claim);
  if (!field.value) field.value = localStorage.getItem(key) || "";
  const keep = () => {
    try {
      if (field.value.trim()) localStorage.setItem(key, field.value);
      else localStorage.removeItem(key);
    } catch {
      // The storage is full or forbidden.
    }
  };

  // The name at the cursor, from its @ on.
  const typed = () => field.value.slice(0, field.selectionStart).match(/(?:^|[^\p{L}\p{N}_.@+-])@([\p{L}\p{N}_.@+-]*)$/u)?.[1];
  const matches = (person, start) =>
    [person.name, ...person.full.split(/\s+/)].some((word) => word.toLowerCase().startsWith(start.toLowerCase()));

  const close = () => {
    list.hidden = true;
    list.replaceChildren();
    field.removeAttribute("aria-activedescendant");
    field.removeAttribute("aria-controls");
  };
  const mark = (index) => {
    chosen = (index + list.children.length) % list.children.length;
    [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === chosen)));
    field.setAttribute("aria-activedescendant", list.children[chosen].id);
    list.children[chosen].scrollIntoView({ block: "nearest" });
  };
  const insert = (name) => {
    const end = field.selectionStart;
    field.setRangeText(`${name} `, end - typed().length, end, "end");
    close();
    keep();
  };
  const offer = () => {
    const start = typed();
    const found = start === undefined ? [] : people.filter((person) => matches(person, start)).slice(0, MOST);
    if (!found.length) {
      close();
      return;
    }
    list.replaceChildren(
      ...found.map(({ name, full }, at) => {
        const option = document.createElement("li");
        Object.assign(option, { id: `mention-${at}`, role: "option", textContent: `@${name}` });
        option.dataset.name = name;
        if (full) option.append(Object.assign(document.createElement("span"), { className: "meta", textContent: full }));
        return option;
      }),
    );
    list.hidden = false;
    field.setAttribute("aria-controls", list.id);
    mark(0);
  };

  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("autocomplete", "off");
  field.addEventListener("input", () => {
    keep();
    offer();
  });
  field.addEventListener("blur", close);
  // Before the field loses the focus.
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    event.preventDefault();
    if (option) insert(option.dataset.name);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      // Elsewhere on the page, these keys take a step.
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit(form.querySelector("[name=action]"));
      return;
    }
    if (list.hidden || event.ctrlKey || event.metaKey || event.altKey) return;
    const act = {
      ArrowDown: () => mark(chosen + 1),
      ArrowUp: () => mark(chosen - 1),
      Enter: () => insert(list.children[chosen].dataset.name),
      Tab: () => insert(list.children[chosen].dataset.name),
      Escape: close,
    }[event.key];
    if (!act) return;
    event.preventDefault();
    event.stopPropagation();
    act();
  });
})();
