// What was changed and the server has not answered yet. It lies in the browser's storage, so that a lost connection or
// a closed tab loses nothing; a message is sent again, under its own number and unchanged, until it is answered. Each
// page is a client of its own and takes over what others have left: values are whole, so that saying them twice is
// harmless.

const WAIT_MS = 700, FIRST_RETRY_MS = 2000, LONGEST_RETRY_MS = 30000;

export class Outbox {
  /**
   * `send(message)` resolves to {ok, newer} or {ok: false, lost: true|false}; `tell(state)`: saved, saving, offline,
   * refused, newer. `newer(item, value)` is called with what another page has given later than this one, unless it was
   * changed again meanwhile. `now()` is the time in milliseconds: a change is sent with its age.
   */
  constructor({ name, storage, client, send, tell, newer = () => {}, now = Date.now, clock = globalThis }) {
    Object.assign(this, { storage, client, send, tell, newer, now, clock });
    this.prefix = `rakurs-form ${name} `;
    this.key = this.prefix + this.client;
    this.state = { seq: 0, sending: null, waiting: {}, at: {} };
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
    this.state.at[item] = this.now();
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
      this.state.sending = { client: this.client, seq: (this.state.seq += 1), changes: this.state.waiting, at: this.state.at };
      this.state.waiting = {};
      this.state.at = {};
      this.#keep();
    }
    this.tell("saving");
    const answer = await this.send(this.#aged(this.state.sending));
    if (answer.ok) {
      this.state.sending = null;
      this.retry = FIRST_RETRY_MS;
      this.#keep();
      const later = Object.entries(answer.newer ?? {}).filter(([item]) => !(item in this.state.waiting));
      later.forEach(([item, value]) => this.newer(item, value));
      this.tell(!this.empty ? "saving" : later.length ? "newer" : "saved");
      return true;
    }
    this.tell(answer.lost ? "offline" : "refused");
    this.#later(this.retry);
    this.retry = Math.min(2 * this.retry, LONGEST_RETRY_MS);
    return false;
  }

  /** The message as it goes out: how long ago each change was made. */
  #aged({ client, seq, changes, at }) {
    const now = this.now();
    const ages = Object.keys(changes).map((item) => [item, Math.max(0, now - (at?.[item] ?? now))]);
    return { client, seq, changes, ages: Object.fromEntries(ages) };
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
      const at = { ...left.sending?.at, ...left.at };
      for (const [item, value] of Object.entries({ ...left.sending?.changes, ...left.waiting })) {
        if (item in this.state.waiting && this.state.at[item] >= (at[item] ?? 0)) continue;
        this.state.waiting[item] = value;
        this.state.at[item] = at[item] ?? 0;
      }
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
