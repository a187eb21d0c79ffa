// Codings whose words a correction has cut: how many there are, the next one, and that one is right as it lies.

import { fill } from "./element.js";

/** Those that need a look, in the order of the text. */
export function waiting(codings) {
  return [...codings].filter((coding) => coding.look).sort((a, b) => a.start - b.start || a.end - b.end);
}

/** The first that comes after `start`, or the first of all. */
export function nextWaiting(codings, start) {
  const found = waiting(codings);
  return found.find((coding) => coding.start > start) ?? found[0] ?? null;
}

export class Looking {
  constructor(desk) {
    this.desk = desk;
    this.last = -1;
  }

  /** Say how many wait. */
  show() {
    const { bar, seen, words } = this.desk;
    const count = waiting(seen.values()).length;
    bar.look.hidden = !count;
    bar.look.textContent = fill(words.lookAt, { n: count });
  }

  /** Go to the next one. */
  next() {
    const { desk } = this;
    const coding = nextWaiting(desk.seen.values(), this.last);
    if (!coding) return;
    this.last = coding.start;
    desk.chips.choose(coding);
    desk.bar.note(desk.words.lookHow, { text: `${desk.words.lookRight} (=)`, act: () => this.accept(coding) });
  }

  /** The coding is right as it lies. */
  accept(coding) {
    if (!coding?.look) return;
    this.desk.send({ do: "accept", coding: coding.id });
    this.show();
  }
}
