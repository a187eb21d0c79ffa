// Asks every second whether there is anything new for this desk. The answer is yes or no; on a yes the desk asks what it
// is, as ever. Nobody asks for a tab that is not looked at, or while a message of the desk is under way.

const EVERY = 1000;
const SELDOM = 15000; // while the server does not answer

export class Listening {
  /** `ask()` promises whether there is news; `isFree()` whether it may be asked now; `isHere()` whether the desk is on
   *  the page still. */
  constructor({ ask, onNews, isFree, isHere, page = document, clock = globalThis }) {
    Object.assign(this, { ask, onNews, isFree, isHere, page, clock, wait: EVERY, timer: null });
    this.turned = () => (this.isHere() ? this.#turn() : page.removeEventListener("visibilitychange", this.turned));
    page.addEventListener("visibilitychange", this.turned);
    this.#later();
  }

  /** Ask, and again after a while; whoever comes back to the tab is answered at once. */
  #turn() {
    this.clock.clearTimeout(this.timer);
    this.timer = null;
    if (this.page.hidden || !this.isHere()) return undefined;
    return this.#listen();
  }

  async #listen() {
    if (this.isFree()) {
      try {
        const news = await this.ask();
        this.wait = EVERY;
        if (news && this.isFree()) this.onNews();
      } catch {
        this.wait = Math.min(SELDOM, this.wait * 2);
      }
    }
    if (this.timer === null) this.#later();
  }

  #later() {
    if (this.page.hidden) return;
    this.timer = this.clock.setTimeout(() => this.#turn(), this.wait);
  }
}

/** Ask the server whether there is news for {study, source, coder} since {revision, state}. */
export async function askForNews(about) {
  const address = new URL(location.href);
  address.pathname = address.pathname.replace(/[^/]*$/, "desk-news");
  address.search = new URLSearchParams(about);
  const { status } = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(5000) });
  if (status !== 200 && status !== 204) throw new Error(String(status));
  return status === 200;
}
