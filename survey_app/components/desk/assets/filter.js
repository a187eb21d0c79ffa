// Which statements are asked for, and which others stay in sight around them. Pure: rows and sets in, sets out.

import { pointAt } from "./offsets.js";
import { countsFor } from "./segments.js";

export const NOTHING = { speaker: "", group: "", question: "", code: "", value: "", uncoded: false, flagged: false, text: "" };

/** Whether anything at all is asked for. */
export function asksFor(wanted) {
  return Object.keys(NOTHING).some((name) => wanted[name] !== NOTHING[name]);
}

/** Text as it is compared: without case, ё as е, every character in its place. */
export function even(text) {
  return [...text].map((letter) => {
    const low = letter.toLowerCase();
    return low.length === letter.length ? low.replace("ё", "е") : letter;
  }).join("");
}

/** Spans of a row in which a phrase stands, marked as hits. */
export function hitsIn(row, phrase) {
  const wanted = even(phrase.trim());
  if (!wanted) return [];
  const text = row.read(row.start, row.end);
  const within = even(text);
  const found = [];
  for (let at = within.indexOf(wanted); at >= 0; at = within.indexOf(wanted, at + wanted.length)) {
    const start = row.start + pointAt(text, at);
    found.push({ start, end: row.start + pointAt(text, at + wanted.length), hit: true });
  }
  return found;
}

/** Whether a statement is what is asked for.
 *
 * `codes` maps the id of a code to the ids of it and all below it; `get(kind, id, name)` tells the coder's marks.
 */
export function fits(row, wanted, { speakers, codes, get }) {
  const speaker = speakers[row.turn.speaker];
  const on = () => [...row.codings.values()].filter((coding) => countsFor(coding, row));
  const [attribute, value] = cut(wanted.value);
  return (
    (!wanted.speaker || speaker.name === wanted.speaker) &&
    (!wanted.group || speaker.group === wanted.group) &&
    (!wanted.question || row.statement.question === wanted.question) &&
    (!wanted.flagged || get("flag", row.statement.id) !== "") &&
    (!wanted.value || has(get("value", row.statement.id, attribute), value)) &&
    (!wanted.text || row.hits.length > 0) &&
    (!wanted.uncoded || !on().length) &&
    (!wanted.code || on().some((coding) => codes.get(wanted.code)?.has(coding.code)))
  );
}

/** "attribute=value" as its two parts; the value may hold further signs of equality. */
function cut(text) {
  const at = text.indexOf("=");
  return [text.slice(0, at), text.slice(at + 1)];
}

/** Whether a value is the wanted one; "" wants any. */
function has(given, wanted) {
  return wanted ? given === wanted : given !== "";
}

/** Ids of each code and all below it: a Map from id to a Set. */
export function families(codes) {
  const parent = new Map(codes.map((code) => [code.id, code.parent]));
  const found = new Map(codes.map((code) => [code.id, new Set([code.id])]));
  for (const { id } of codes) {
    for (let above = parent.get(id); above && found.has(above); above = parent.get(above)) found.get(above).add(id);
  }
  return found;
}

/** Rows to leave in sight: those that fit, and `around` rows on either side of each. */
export function inSight(rows, fitting, around = 1) {
  const shown = new Set();
  rows.forEach((row, index) => {
    if (!fitting.has(row)) return;
    for (const near of rows.slice(Math.max(0, index - around), index + around + 1)) shown.add(near);
  });
  return shown;
}

/** A hit with the words on either side of it, as a line of a concordance. */
export function lineOf(row, hit, width = 60) {
  const left = row.read(Math.max(row.start, hit.start - width), hit.start);
  const right = row.read(hit.end, Math.min(row.end, hit.end + width));
  return {
    left: hit.start - width > row.start ? `…${left}` : left,
    hit: row.read(hit.start, hit.end),
    right: hit.end + width < row.end ? `${right}…` : right,
  };
}
