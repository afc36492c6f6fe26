// Checks a receipt (docs/proof.md) in the browser: with WebCrypto, without other code, and without asking the desk again.
"use strict";

const REMOVED = "█";
const encoder = new TextEncoder();

function fromHex(text) {
  return Uint8Array.from(text.match(/../g) || [], (pair) => parseInt(pair, 16));
}

function toHex(bytes) {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function fromBase64(text) {
  return Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
}

function joined(...parts) {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

async function sha256(...parts) {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", joined(...parts)));
}

function hold(holds, what) {
  if (!holds) {
    throw new Error(what);
  }
}

// The head of the tree that a signed note states (C2SP signed-note and tlog-checkpoint).
async function readCheckpoint(note, verifier) {
  const [name, id, ...rest] = verifier.split("+");
  const encoded = fromBase64(rest.join("+"));
  hold(encoded[0] === 1 && encoded.length === 33, "key");
  hold(toHex((await sha256(encoder.encode(`${name}\n`), encoded)).slice(0, 4)) === id, "key");
  const key = await crypto.subtle.importKey("raw", encoded.slice(1), { name: "Ed25519" }, false, ["verify"]);
  const end = note.lastIndexOf("\n\n");
  const text = note.slice(0, end + 1);
  let signed = false;
  for (const line of note.slice(end + 2).split("\n")) {
    const [dash, signer, signature] = line.split(" ");
    if (dash === "—" && signer === name) {
      const bytes = fromBase64(signature);
      if (toHex(bytes.slice(0, 4)) === id) {
        signed ||= await crypto.subtle.verify({ name: "Ed25519" }, key, bytes.slice(4), encoder.encode(text));
      }
    }
  }
  const [origin, size, root] = text.split("\n");
  hold(signed && origin === name, "signature");
  return { size: Number(size), root: toHex(fromBase64(root)) };
}

// The root that follows from an inclusion proof (RFC 9162, section 2.1.3.2).
async function rootBy(leaf, index, size, proof) {
  hold(index >= 0 && index < size, "index");
  let [place, last, root] = [index, size - 1, leaf];
  for (const sibling of proof.map(fromHex)) {
    hold(last > 0, "proof");
    if (place % 2 || place === last) {
      root = await sha256([1], sibling, root);
      while (place % 2 === 0 && place) {
        place /= 2;
        last = Math.floor(last / 2);
      }
    } else {
      root = await sha256([1], root, sibling);
    }
    place = Math.floor(place / 2);
    last = Math.floor(last / 2);
  }
  hold(last === 0, "proof");
  return toHex(root);
}

// A body with the texts in place of their salted hashes.
async function opened(value, texts) {
  if (Array.isArray(value)) {
    return Promise.all(value.map((member) => opened(member, texts)));
  }
  if (value === null || typeof value !== "object") {
    return value;
  }
  if (Object.keys(value).join() === "salted") {
    const given = texts[value.salted];
    if (!given) {
      return REMOVED;
    }
    hold(toHex(await sha256(fromHex(given.salt), encoder.encode(given.text))) === value.salted, "text");
    return given.text;
  }
  const members = Object.entries(value).map(async ([name, member]) => [name, await opened(member, texts)]);
  return Object.fromEntries(await Promise.all(members));
}

// Leaf and body of each entry of a receipt. Throws an error if something does not hold.
async function checkReceipt(receipt, verifier) {
  const head = await readCheckpoint(receipt.checkpoint, verifier);
  const found = [];
  for (const entry of receipt.entries) {
    const leaf = encoder.encode(entry.leaf);
    hold((await rootBy(await sha256([0], leaf), entry.index, head.size, entry.proof)) === head.root, "root");
    const said = JSON.parse(entry.leaf);
    hold(toHex(await sha256(encoder.encode(entry.body))) === said.body, "body");
    found.push({ leaf: said, body: await opened(JSON.parse(entry.body), entry.opened) });
  }
  return found;
}

function show(button) {
  const output = document.createElement("output");
  button.closest("p").after(output);
  button.addEventListener("click", async () => {
    let answer = null;
    try {
      answer = await fetch(button.dataset.receipt);
      hold(answer.ok, "answer");
      const receipt = await answer.json();
      const entries = await checkReceipt(receipt, receipt.key);
      const last = entries.filter((entry) => entry.body.review).at(-1).body.review;
      const words = last.verdict ? `${last.verdict.label}: ${last.wording}` : "";
      output.textContent = `${button.dataset.right} ${words}`.trim();
    } catch (error) {
      const unknown = error.name === "NotSupportedError" || error.name === "TypeError" || !answer?.ok;
      output.textContent = unknown ? button.dataset.unknown : button.dataset.wrong;
    }
  });
  button.hidden = false;
}

if (typeof document !== "undefined") {
  document.querySelectorAll("[data-receipt]").forEach(show);
}
