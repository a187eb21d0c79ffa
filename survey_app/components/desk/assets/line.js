// The line to the server: codings go at once, what was looked at soon, and everything again when no answer comes.

const SOON = 1200;
const PATIENCE = 4000;

export class Line {
  /** `message()` makes what is sent; `post(message)` sends it; `waiting()` counts what has no answer yet. */
  constructor({ message, post, waiting, onSilence, clock = globalThis }) {
    Object.assign(this, { message, post, waiting, onSilence, clock });
    this.number = 0;
    this.last = null;
    this.answered = 0; // the highest number that has an answer
    this.soon = null;
    this.patience = null;
  }

  /** Send now, and again if the server stays silent. */
  now() {
    this.clock.clearTimeout(this.soon);
    this.clock.clearTimeout(this.patience);
    this.soon = null;
    const message = this.message();
    this.number += 1;
    this.last = `${message.client}:${this.number}`;
    this.post({ ...message, n: this.last });
    this.patience = this.clock.setTimeout(() => this.#again(), PATIENCE);
  }

  /** Whether a message of ours is on its way, and its answer still to be expected. */
  get isUnderWay() {
    return this.soon !== null || this.patience !== null;
  }

  /** Whether an answer comes after that to a newer message: it tells of what has passed. */
  isOvertaken(n) {
    const [client, number] = /^(.*):(\d+)$/.exec(n ?? "")?.slice(1) ?? [];
    return client === this.last?.replace(/:\d+$/, "") && Number(number) < this.answered;
  }

  /** Send within a moment, with whatever else comes until then. */
  later() {
    this.soon ??= this.clock.setTimeout(() => this.now(), SOON);
  }

  /** The server has answered message `n` (null: it knows of none, as after its restart). */
  heard(n) {
    if (n === this.last) {
      this.answered = this.number;
      this.rest();
    }
    if (!this.waiting() || this.soon !== null) return;
    // Nothing is under way: this page is fresh, the server is, or something came in between.
    if (n === null || n === this.last || this.last === null) this.now();
  }

  /** Wait for nothing: what has come will be asked for once more. */
  rest() {
    this.clock.clearTimeout(this.patience);
    this.patience = null;
  }

  /** Forget the timers of a desk that is gone. */
  end() {
    this.clock.clearTimeout(this.soon);
    this.clock.clearTimeout(this.patience);
  }

  #again() {
    this.patience = null;
    if (!this.waiting()) return;
    this.onSilence();
    this.now();
  }
}
