// Find a code by a few letters: its short name, its key, or its label in either language.

/** Letters compared without case, accents, and the two points of ё. */
export function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Codes that fit every word of `query`, best first; `recent` (ids, newest first) breaks ties and leads when empty. */
export function findCodes(codes, query, recent = []) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const age = new Map(recent.map((id, index) => [id, index]));
  const ranked = codes.map((code, place) => ({ code, place, score: scoreOf(code, words) }));
  return ranked
    .filter((each) => each.score > 0)
    .sort(
      (a, b) =>
        b.score - a.score ||
        (age.get(a.code.id) ?? Infinity) - (age.get(b.code.id) ?? Infinity) ||
        a.place - b.place,
    )
    .map((each) => each.code);
}

function scoreOf(code, words) {
  let total = 1;
  for (const word of words) {
    const score = Math.max(
      ...[fold(code.short), fold(code.key)].map((name) => nameScore(name, word)),
      ...[code.label_en, code.label_ru].map((label) => labelScore(fold(label), word)),
    );
    if (!score) return 0;
    total += score;
  }
  return total;
}

function nameScore(name, word) {
  if (name === word) return 100;
  if (name.startsWith(word)) return 80;
  return name.split(/[._]/).some((part) => part.startsWith(word)) ? 50 : 0;
}

function labelScore(label, word) {
  if (label.startsWith(word)) return 70;
  if (label.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))) return 60;
  if (label.includes(word)) return 30;
  return word.length > 2 && isWithin(word, label) ? 5 : 0;
}

/** Whether the letters of `word` stand in `label` in order, with a first letter that begins a word. */
function isWithin(word, label) {
  let at = label.search(new RegExp(`(?<![\\p{L}])${word[0].replace(/[^\p{L}\p{N}]/gu, "\\$&")}`, "u"));
  if (at < 0) return false;
  for (const letter of word.slice(1)) {
    at = label.indexOf(letter, at + 1);
    if (at < 0) return false;
  }
  return true;
}
