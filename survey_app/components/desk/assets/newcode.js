// A new code without leaving the text: its name (for an in-vivo code the selected words), then what it hangs under.

import { fill } from "./element.js";
import { newId } from "./naming.js";

const LONGEST = 120;

/** Ask for a new code and put it on the span; `name` is what its name begins as. */
export function askForCode(desk, name) {
  const { palette, words } = desk;
  const span = desk.cursor.span();
  palette.ask({
    title: words.newCode, hint: words.newCodeHow, typed: name.replace(/\s+/g, " ").trim().slice(0, LONGEST),
    entriesFor: () => [], free: (label) => label && askForParent(desk, label.slice(0, LONGEST), span),
    onPick: () => {},
  });
}

function askForParent(desk, label, span) {
  const { palette, words, codebook } = desk;
  const last = codebook.latest(1)[0]?.parent;
  const parents = [...codebook.parents].sort((a, b) => (b.id === last) - (a.id === last));
  palette.ask({
    title: fill(words.newCodeBelow, { code: label }),
    entries: parents.map((parent) => ({ text: codebook.titleOf(parent), colour: parent.colour, parent })),
    onPick: ({ parent }) => make(desk, label, parent, span),
  });
}

function make(desk, label, parent, span) {
  const code = newId();
  desk.send({ do: "code", code, parent: parent.id, label });
  desk.codebook.expect({ id: code, label, parent });
  if (span) desk.coding.code(desk.codebook.get(code), span);
}
