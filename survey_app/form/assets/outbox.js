// What was changed and the server has not answered yet. It lies in the browser's storage, so that a lost connection or
// a closed tab loses nothing; a message is sent again, under its own number and unchanged, until it is answered. Each
// page is a client of its own and takes over what others have left: values are whole, so that saying them twice is
// harmless.

const WAIT_MS = 700, FIRST_RETRY_MS = 2000, LONGEST_RETRY_MS = 30000;

export class Outbox {
  /** `send(message)` resolves to {ok} or {ok: false, lost: true|false}; `tell(state)`: saved, saving, offline, refused. */
  constructor({ name, storage, client, send, tell, clock = globalThis }) {
    Object.assign(this, { storage, client, send, tell, clock });
    this.prefix = `rakurs-form ${name} `;
    this.key = this.prefix + this.client;
    this.state = { seq: 0, sending: null, waiting: {} };
    this.#takeOver();
    this.retry = FIRST_RETRY_MS;
    this.going = null;
    this.timer = null;
  }

  /** What the server may not know yet, by item: the newest of each. */
  get unsent() {
    return { ...this.state.sending?.changes, ...this.state.waiting };
  }

  get empty() {
    return Object.keys(this.unsent).length === 0;
  }

  /** Keep a change, and send it soon. */
  put(item, value) {
    this.state.waiting[item] = value;
    this.#keep();
    this.tell("saving");
    this.#later(WAIT_MS);
  }

  /** Send all there is; resolves to whether everything is answered. */
  async flush() {
    this.clock.clearTimeout(this.timer);
    if (this.going) await this.going;
    while (!this.empty) {
      this.going = this.#once();
      const done = await this.going;
      this.going = null;
      if (!done) return this.empty;
    }
    return true;
  }

  async #once() {
    if (!this.state.sending) {
      this.state.sending = { client: this.client, seq: (this.state.seq += 1), changes: this.state.waiting };
      this.state.waiting = {};
      this.#keep();
    }
    this.tell("saving");
    const answer = await this.send(this.state.sending);
    if (answer.ok) {
      this.state.sending = null;
      this.retry = FIRST_RETRY_MS;
      this.#keep();
      this.tell(this.empty ? "saved" : "saving");
      return true;
    }
    this.tell(answer.lost ? "offline" : "refused");
    this.#later(this.retry);
    this.retry = Math.min(2 * this.retry, LONGEST_RETRY_MS);
    return false;
  }

  #later(after) {
    this.clock.clearTimeout(this.timer);
    this.timer = this.clock.setTimeout(() => this.flush(), after);
  }

  /** What a tab that is closed has left goes out through this one. */
  #takeOver() {
    const others = [];
    for (let place = 0; place < (this.storage?.length ?? 0); place += 1) others.push(this.storage.key(place));
    for (const key of others.filter((key) => key?.startsWith(this.prefix) && key !== this.key)) {
      const left = this.#read(key);
      this.state.waiting = { ...left.sending?.changes, ...left.waiting, ...this.state.waiting };
      this.storage.removeItem(key);
    }
    this.#keep();
  }

  #read(key) {
    try {
      return JSON.parse(this.storage?.getItem(key) ?? "{}") ?? {};
    } catch {
      return {};
    }
  }

  #keep() {
    try {
      if (this.empty) this.storage?.removeItem(this.key);
      else this.storage?.setItem(this.key, JSON.stringify(this.state));
    } catch {
      // a full or forbidden storage: what is in memory is sent all the same
    }
  }
}
