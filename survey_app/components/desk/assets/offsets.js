// Positions: the server counts Unicode code points, JavaScript counts UTF-16 units. All arithmetic between the two.

const PAIR = /[\ud800-\udbff][\udc00-\udfff]/;

/** Length of `text` in code points. */
export function lengthOf(text) {
  return pointAt(text, text.length);
}

/** The UTF-16 index of code point number `point`; the end of the text when there are fewer. */
export function unitAt(text, point) {
  if (!PAIR.test(text)) return Math.min(point, text.length);
  let unit = 0;
  for (const character of text) {
    if (point-- <= 0) break;
    unit += character.length;
  }
  return unit;
}

/** How many code points begin before UTF-16 index `unit`, one that is cut in half not included. */
export function pointAt(text, unit) {
  if (!PAIR.test(text)) return Math.min(unit, text.length);
  let point = 0;
  let at = 0;
  for (const character of text) {
    at += character.length;
    if (at > unit) break;
    point += 1;
  }
  return point;
}

/** The part of `text` between two code points, half-open. */
export function slice(text, start, end) {
  return text.slice(unitAt(text, start), unitAt(text, end));
}

/** The span without white space at its edges, or null when nothing is left of it. */
export function trimmed(text, start, end) {
  const part = slice(text, start, end);
  const kept = part.trim();
  if (!kept) return null;
  const left = start + lengthOf(part.slice(0, part.indexOf(kept)));
  return { start: left, end: left + lengthOf(kept) };
}
