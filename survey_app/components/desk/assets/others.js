// Codings of other coders beside one's own, where they may be seen: shown while all code openly, hidden after an opened
// comparison, until the coder decides otherwise.

const NONE = new Map();

export class Others {
  constructor(desk, storage) {
    Object.assign(this, { desk, storage });
  }

  /** Whether they are shown. */
  get isOn() {
    const { others } = this.desk.terms;
    const kept = this.#kept();
    return others !== "" && (kept === null ? others === "open" : kept === "1");
  }

  /** Those that are shown now: a new Map from id to {id, start, end, code, coder}. */
  shown() {
    return this.isOn ? new Map(this.desk.ledger.others) : NONE;
  }

  /** Show them, or hide them. */
  toggle() {
    const { bar, words } = this.desk;
    const on = !this.isOn;
    try {
      this.storage.setItem(this.#name, on ? "1" : "0");
    } catch {
      this.last = on ? "1" : "0";
    }
    bar.note(on ? words.othersShown : words.othersHidden);
    return on;
  }

  get #name() {
    return `rakurs.others.${this.desk.place.split(" ")[1]}.${this.desk.terms.others}`;
  }

  #kept() {
    try {
      return this.storage.getItem(this.#name);
    } catch {
      return this.last ?? null;
    }
  }
}
