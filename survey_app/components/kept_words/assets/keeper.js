// Words that keep themselves: sent as one rests, kept in the browser until the server has answered, merged if another
// tab has written meanwhile. Pure but for `storage`, `clock` and what it is given to call.

const RESTS = 800;
const PATIENCE = 4000;

export class Keeper {
  /** `post({n, words, seen})` sends; `show(words)` puts words into the field; `tell(state)` says saved, saving, late or refused. */
  constructor({ name, client, post, show, tell, storage, clock = globalThis }) {
    Object.assign(this, { client, post, show, tell, storage, clock, name: `rakurs.words.${name}` });
    this.typed = null; // what stands in the field; null before the first word of the server
    this.base = ""; // what was stored when the typing began
    this.count = 0;
    this.sent = null;
  }

  /** Take in what is stored; `heard` is the last message that it holds, `refused` one that was not taken. */
  hear({ words, heard = null, refused = null }) {
    if (this.typed === null) return this.#begin(words);
    if (this.sent && refused === this.sent.n) return this.#rest("refused");
    if (this.sent && heard === this.sent.n) return this.#settle(words);
    if (!this.isDirty) this.#take(words);
    return undefined;
  }

  /** Something was typed. */
  type(words) {
    this.typed = words;
    this.#keep();
    this.tell(this.isDirty ? "saving" : "saved");
    this.clock.clearTimeout(this.soon);
    if (this.isDirty) this.soon = this.clock.setTimeout(() => this.send(), RESTS);
  }

  /** Send now what is not stored yet. */
  send() {
    this.clock.clearTimeout(this.soon);
    this.clock.clearTimeout(this.patience);
    if (!this.isDirty) return;
    this.count += 1;
    this.sent = { n: `${this.client}:${this.count}`, words: this.typed };
    this.post({ n: this.sent.n, words: this.typed, seen: this.base });
    this.patience = this.clock.setTimeout(() => {
      this.tell("late");
      this.send();
    }, PATIENCE);
  }

  get isDirty() {
    return this.typed !== null && this.typed.trim() !== this.base.trim();
  }

  #begin(words) {
    const draft = this.#draft();
    this.#take(words);
    if (!draft || draft.typed.trim() === words.trim()) return;
    this.base = draft.seen;
    this.typed = draft.typed;
    this.show(draft.typed);
    this.tell("saving");
    this.soon = this.clock.setTimeout(() => this.send(), RESTS);
  }

  /** The server has taken what was sent; what was typed since goes on top of what it holds. */
  #settle(words) {
    const { words: sent } = this.sent;
    const since = this.typed;
    this.#rest("saved");
    if (since === sent) return this.#take(words);
    this.base = words;
    if (words.trim() !== sent.trim()) {
      this.typed = since.startsWith(sent) ? `${words}${since.slice(sent.length)}` : `${words}\n\n${since}`;
      this.show(this.typed);
    }
    return this.type(this.typed);
  }

  #take(words) {
    this.base = words;
    if (this.typed === null || this.typed.trim() !== words.trim()) {
      this.typed = words;
      this.show(words);
    }
    this.#keep();
    this.tell("saved");
  }

  #rest(state) {
    this.sent = null;
    this.clock.clearTimeout(this.patience);
    this.tell(state);
  }

  #draft() {
    try {
      return JSON.parse(this.storage.getItem(this.name) ?? "null");
    } catch {
      return null;
    }
  }

  #keep() {
    try {
      if (this.isDirty) this.storage.setItem(this.name, JSON.stringify({ typed: this.typed, seen: this.base }));
      else this.storage.removeItem(this.name);
    } catch {
      // without storage the words live as long as the page
    }
  }
}
