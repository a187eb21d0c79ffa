// The line to the server: codings go at once, what was looked at soon, and everything again when no answer comes.

const SOON = 1200;
const PATIENCE = 4000;

export class Line {
  /** `message()` makes what is sent; `post(message)` sends it; `waiting()` counts what has no answer yet. */
  constructor({ message, post, waiting, onSilence, clock = globalThis }) {
    Object.assign(this, { message, post, waiting, onSilence, clock });
    this.number = 0;
    this.last = null;
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

  /** Send within a moment, with whatever else comes until then. */
  later() {
    this.soon ??= this.clock.setTimeout(() => this.now(), SOON);
  }

  /** The server has answered message `n` (null: it knows of none, as after its restart). */
  heard(n) {
    if (n === this.last) this.clock.clearTimeout(this.patience);
    if (!this.waiting() || this.soon !== null) return;
    // Nothing is under way: this page is fresh, the server is, or something came in between.
    if (n === null || n === this.last || this.last === null) this.now();
  }

  /** Wait for nothing: what has come will be asked for once more. */
  rest() {
    this.clock.clearTimeout(this.patience);
  }

  /** Forget the timers of a desk that is gone. */
  end() {
    this.clock.clearTimeout(this.soon);
    this.clock.clearTimeout(this.patience);
  }

  #again() {
    if (!this.waiting()) return;
    this.onSilence();
    this.now();
  }
}
