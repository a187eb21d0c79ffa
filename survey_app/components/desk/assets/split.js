// Choosing where a statement is split: the words that stay in the first half are shaded, arrows move the border.

import { lengthOf, unitAt } from "./offsets.js";

/** Code points of `text` at which a word begins, the first word left out. */
export function wordStarts(text) {
  return [...text.matchAll(/\s+(?=\S)/gu)]
    .map((found) => lengthOf(text.slice(0, found.index + found[0].length)))
    .filter((place) => text.slice(0, unitAt(text, place)).trim());
}

/** Those of the word starts that follow the end of a sentence. */
export function sentenceStarts(text) {
  return wordStarts(text).filter((place) => /[.!?…]["'”’»)]*\s+$/u.test(text.slice(0, unitAt(text, place))));
}

/** The place among `places` next to `from` in a direction (1 or -1); stays where there is none further. */
export function nextPlace(places, from, direction) {
  const further = direction > 0 ? places.filter((place) => place > from) : places.filter((place) => place < from).reverse();
  return further[0] ?? from;
}

export class Splitter {
  /** `onShow(row, span | null)` paints what would be the first half. */
  constructor(onShow) {
    this.onShow = onShow;
    this.row = null;
  }

  get isOpen() {
    return this.row !== null;
  }

  /** What would be the first half, or null. */
  get span() {
    return this.row && { start: this.row.start, end: this.row.start + this.place };
  }

  /** Begin with a row; `near` is a code point to begin at, or null. False where the row has but one word. */
  open(row, near) {
    const text = row.read(row.start, row.end);
    const starts = wordStarts(text);
    if (!starts.length) return false;
    const sentences = sentenceStarts(text);
    this.row = row;
    this.starts = starts;
    this.sentences = sentences.length ? sentences : starts;
    const wanted = near === null ? (row.end - row.start) / 2 : near - row.start;
    const from = near === null ? this.sentences : starts;
    this.place = from.reduce((best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best));
    this.#show();
    return true;
  }

  /** Move the border to the next sentence, or with `byWord` to the next word. */
  move(direction, byWord) {
    this.place = nextPlace(byWord ? this.starts : this.sentences, this.place, direction);
    this.#show();
  }

  /** The code point chosen; the choice is over. */
  take() {
    const chosen = { row: this.row, at: this.row.start + this.place };
    this.close();
    return chosen;
  }

  close() {
    if (!this.row) return;
    this.onShow(this.row, null);
    this.row = null;
  }

  #show() {
    this.onShow(this.row, this.span);
  }
}
