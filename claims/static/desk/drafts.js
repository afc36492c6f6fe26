/* The draft of a decision. It is kept on the server a moment after the last change and when the page is left, and at every change
   in this browser, until the server has it: sessions end, networks fail and tabs are closed while people type.

   Each text that is sent has a version of its own, and says which versions it is based on: the one that the server answered
   last, and those sent since whose answer never came. */
"use strict";

(() => {
  const form = document.querySelector("#decision[data-draft]");
  if (!form || !copies.owner) return;
  const state = document.getElementById("draft-state");
  const alertLine = document.getElementById("draft-alert");
  const conflict = document.getElementById("draft-conflict");
  const page = form.elements.page.value;
  const key = copies.prefix(form.dataset.claim) + page;
  // This page holds a lock as long as it is open, so that no other page takes its copy for an abandoned one.
  navigator.locks?.request(key, () => new Promise(() => {}));

  const AFTER = 800;
  const AGAIN = 5000;
  let based = form.elements.draft.value.split(",");
  let version = "";
  let dirty = false;
  let sending = null;
  let leaving = false;
  let timer = null;

  // The text in the form.
  const NOT_TEXT = ["csrfmiddlewaretoken", "action", "expected", "seen", "writer", "page", "draft", "version"];
  const written = () => [...new FormData(form)].filter(([name]) => !NOT_TEXT.includes(name));
  const write = (fields) => {
    const given = new Map(fields);
    const rows = () => Number(form.elements["evidence-TOTAL_FORMS"].value);
    while (form.evidence && rows() < Number(given.get("evidence-TOTAL_FORMS"))) form.evidence.append();
    for (const field of form.elements) {
      const { name, type } = field;
      if (!name || type === "submit" || NOT_TEXT.includes(name) || name.endsWith("_FORMS")) continue;
      const value = given.get(name) ?? (name.startsWith("evidence-") ? "" : undefined);
      if (type === "radio") field.checked = field.value === value;
      else if (value !== undefined) {
        // A speaker who was searched for is not among the options of a new page.
        const known = type !== "select-one" || [...field.options].some((option) => option.value === value);
        if (!known) field.add(new Option(`#${value}`, value));
        field.value = value;
        if (value) field.closest("details")?.setAttribute("open", "");
      }
    }
  };

  // The copy in this browser.
  const copy = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ fields: written(), based, at: Date.now() }));
    } catch {
      // The storage is full or forbidden: only the server has a draft.
    }
  };

    const OFFLINE = {
    words: gettext("No connection. What you type is kept in this browser. It is sent when there is one again."),
  };
  const SIGNED_OUT = {
    words: gettext("You are signed out. What you type is kept in this browser. Sign in in another tab, and go on here."),
    signIn: gettext("Sign in"),
  };
  const UNSETTLED = {
    words: gettext("Your text is not kept yet, and signing out would remove it from this browser."),
  };
  const BROKEN = {
    words: gettext("The desk does not answer as it should. What you type is kept in this browser."),
  };
  const someoneElse = (name) => ({
    words: interpolate(
      gettext(
        "%(name)s is signed in here now. What you type is kept in this browser. It is yours alone: sign in as yourself to go on.",
      ),
      { name },
      true,
    ),
    signIn: gettext("Sign in"),
  });
  const say = (trouble) => {
    if (alertLine.dataset.said === trouble?.words) return;
    alertLine.dataset.said = trouble?.words || "";
    alertLine.textContent = trouble?.words || "";
    if (!trouble?.signIn) return;
    const a = document.createElement("a");
    Object.assign(a, { href: form.dataset.signIn, target: "_blank", textContent: trouble.signIn });
    alertLine.append(" ", a);
  };

  const body = () => {
    form.elements.draft.value = based.join(",");
    form.elements.version.value = version;
    const data = new FormData(form);
    data.set("action", "draft");
    return data;
  };
  const post = (options) =>
    fetch(location.href, { method: "POST", body: body(), headers: { Accept: "application/json" }, redirect: "manual", ...options });

  // A new session has a new token. Throws the obstacle if the owner of this text is not signed in.
  const renew = async () => {
    const answer = await fetch(form.dataset.session, { redirect: "manual" });
    if (!answer.ok) throw SIGNED_OUT;
    const session = await answer.json();
    if (String(session.user) !== copies.owner) throw someoneElse(session.name);
    for (const field of document.querySelectorAll("[name=csrfmiddlewaretoken]")) field.value = session.csrf;
  };
  const nameVersion = () => {
    if (!version) version = `${page}.${Date.now()}`;
    if (!based.includes(version)) based = [...based.slice(-99), version];
    copy();
  };

  const send = async () => {
    nameVersion();
    dirty = false;
    let answer = await post();
    let told = await answer.json().catch(() => ({}));
    if (answer.type === "opaqueredirect" || told.code === "csrf") {
      await renew();
      answer = await post();
      told = await answer.json().catch(() => ({}));
    }
    if (told.saved) {
      based = [told.saved];
      form.elements.draft.value = told.saved;
      if (!dirty) {
        version = "";
        // Drafts do not contain the reason of a step, so this browser keeps it until the step is taken.
        if (form.elements.reason?.value) copy();
        else localStorage.removeItem(key);
      } else copy();
      say();
      conflict.replaceChildren();
      state.textContent = gettext("Draft kept.");
    } else if (told.conflict) {
      conflict.innerHTML = told.conflict;
      state.textContent = told.refused;
    } else if (told.refused) state.textContent = told.refused;
    else throw BROKEN;
  };
  const later = (wait) => {
    clearTimeout(timer);
    timer = setTimeout(keep, wait);
  };
  const keep = () => {
    clearTimeout(timer);
    if (conflict.childElementCount) {
      // Nothing is sent until one of its buttons is pressed, and nothing may delay that.
      say();
      return Promise.resolve();
    }
    sending ??= send()
      .then(() => dirty && later(AFTER))
      .catch((trouble) => {
        dirty = true;
        state.textContent = gettext("The draft is not kept yet.");
        // fetch() itself throws a TypeError.
        say(trouble.words ? trouble : OFFLINE);
        later(AGAIN);
      })
      .finally(() => (sending = null));
    return sending;
  };
  const changed = () => {
    dirty = true;
    version = "";
    copy();
    if (alertLine.textContent || conflict.childElementCount) return;
    state.textContent = gettext("Keeping the draft…");
    later(AFTER);
  };

  // Put the copy of a closed page in this browser back into the form, and send it to the server like typed text.
  const adopt = async (name) => {
    await sending;
    const left = JSON.parse(localStorage.getItem(name));
    if (!left) return;
    if (dirty || conflict.childElementCount) {
      if (name === key) return;
      const a = document.createElement("a");
      Object.assign(a, { href: location.href, textContent: gettext("Another text that you typed in this browser waits.") });
      state.append(" ", a);
      return;
    }
    write(left.fields);
    based = left.based;
    version = "";
    dirty = true;
    copy();
    if (name !== key) localStorage.removeItem(name);
    await keep();
    if (name === key) return;
    const time = new Date(left.at).toLocaleTimeString(document.documentElement.lang);
    state.append(` ${interpolate(gettext("Brought back what you typed at %(time)s."), { time }, true)}`);
  };
  let adopting = adopt(key);
  for (const name of copies.keys(form.dataset.claim).filter((name) => name !== key)) {
    const next = () => (adopting = adopting.then(() => adopt(name)));
    if (navigator.locks) navigator.locks.request(name, next);
    else next();
  }

  form.addEventListener("input", changed);
  window.django?.jQuery?.(form).on("change", "select", changed);
  addEventListener("online", keep);
  addEventListener("focus", () => alertLine.textContent && keep());
  // A form cannot be submitted within its own event, so a waiting submission continues after it.
  const afterwards = (go) => keep().then(() => setTimeout(go));
  form.addEventListener("submit", (event) => {
    if (leaving) return;
    clearTimeout(timer);
    const ready = () => {
      leaving = true;
      // The server may keep the text before it asks, so this one needs a name too.
      if (dirty) nameVersion();
      body();
      copy();
      dirty = false;
    };
    if (!alertLine.textContent && !sending) return ready();
    // In this order, because a draft that arrived after the decision would outlive it.
    event.preventDefault();
    afterwards(() => {
      if (alertLine.textContent) return;
      ready();
      form.requestSubmit(event.submitter);
    });
  });
  // Signing out deletes the copy here, so the server gets the text first. If that fails, nobody is signed out.
  document.addEventListener(
    "submit",
    (event) => {
      if (!event.target.matches("form[action$='/logout/']") || leaving) return;
      if (!dirty && !sending && !conflict.childElementCount) {
        leaving = true;
        return;
      }
      event.preventDefault();
      event.stopImmediatePropagation();
      afterwards(() => {
        if (dirty || conflict.childElementCount) return say(UNSETTLED);
        leaving = true;
        event.target.requestSubmit();
      });
    },
    true,
  );
  addEventListener("pageshow", (event) => {
    leaving = false;
    if (event.persisted && localStorage.getItem(key)) changed();
  });
  addEventListener("pagehide", () => {
    if (!dirty || leaving) return;
    nameVersion();
    post({ keepalive: true }).catch(() => {});
  });
})();
