/* JavaScript counts UTF-16 units, the ledger Unicode code points: 😀 is two of the one and one of the other. */
"use strict";

/** The number of code points in a string. */
function codePoints(text) {
  let n = 0;
  for (const _ of text) n += 1;
  return n;
}

/** Where `offset` of `node` (as a Range gives it) lies in the text of `root`, in code points. */
function codePointOffset(root, node, offset) {
  const before = document.createRange();
  before.setStart(root, 0);
  before.setEnd(node, offset);
  return codePoints(before.toString());
}

/** The selection inside `root` without white space at its ends: {start, quote, range}, or null. */
function selectedPassage(root) {
  const selection = document.getSelection();
  if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
  const range = selection.getRangeAt(0);
  if (!root.contains(range.startContainer) || !root.contains(range.endContainer)) return null;
  const raw = range.toString();
  const quote = raw.trim();
  if (!quote) return null;
  const skipped = raw.slice(0, raw.indexOf(quote));
  const start = codePointOffset(root, range.startContainer, range.startOffset) + codePoints(skipped);
  return { start, quote, range };
}
