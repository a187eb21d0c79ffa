// Words being typed into a memo or a correction, kept in this tab until they are saved or thrown away: a reload, another
// page or another text in between loses none of them.

export class Draft {
  /** `read()` tells what is being typed, or null. */
  constructor(storage, name, read) {
    Object.assign(this, { storage, name: `rakurs.draft.${name}`, read, last: undefined });
    this.found = this.#stored();
  }

  /** Keep what is being typed now. */
  note() {
    const now = this.read();
    const text = now && JSON.stringify(now);
    if (text === this.last) return;
    this.last = text;
    try {
      if (text) this.storage.setItem(this.name, text);
      else this.storage.removeItem(this.name);
    } catch {
      // without storage the words live as long as the page
    }
  }

  /** What was being typed when this text was left, or null. */
  take() {
    return this.found;
  }

  #stored() {
    try {
      return JSON.parse(this.storage.getItem(this.name) ?? "null");
    } catch {
      return null;
    }
  }
}
