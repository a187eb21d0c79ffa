// A quote with what belongs to it: who said it, of which group, where and when.

import { slice } from "./offsets.js";

/** The words of a span of turns, with the attribution of its first turn. */
export function quoteOf(doc, span, marks) {
  const turns = doc.turns.filter((turn) => turn.start < span.end && turn.end > span.start);
  const words = turns.map((turn) =>
    slice(turn.text, Math.max(0, span.start - turn.start), Math.min(turn.end, span.end) - turn.start)).join("\n");
  const speaker = doc.speakers[turns[0].speaker];
  const where = [speaker.name, speaker.group, doc.title, turns[0].time].filter(Boolean).join(", ");
  return `${marks[0]}${words}${marks[1]} (${where})`;
}

/** Put text on the clipboard; also where the page came over plain http, which has no clipboard of its own. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.style.position = "fixed";
    field.style.opacity = "0";
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}
