// Decisions on their way: nothing leaves the outbox before the server has answered for it. It is kept in `storage`, one
// for each tab; a tab that was closed leaves its outbox to the next. What two tabs send is done once.

export class Outbox {
  /** `name` tells studies and people apart; `client` is a name that no outbox had before. */
  constructor(storage, name, client) {
    Object.assign(this, { storage, client, seq: 0, name: `rakurs.settling.${name} ${client}` });
    this.steps = this.#adopt(`rakurs.settling.${name} `);
    this.#keep();
  }

  /** Put a step into the outbox; returns it with its name. */
  add(step) {
    const named = { client: this.client, seq: ++this.seq, ...step };
    this.steps.push(named);
    this.#keep();
    return named;
  }

  /** What has to be sent: every step without an answer. */
  send() {
    return this.steps.map((step) => ({ ...step }));
  }

  /** Take in which steps were answered; returns them. */
  hear(done) {
    const names = new Set(done.map(([client, seq]) => `${client} ${seq}`));
    const settled = this.steps.filter((step) => names.has(`${step.client} ${step.seq}`));
    if (settled.length) {
      this.steps = this.steps.filter((step) => !settled.includes(step));
      this.#keep();
    }
    return settled;
  }

  #adopt(family) {
    const found = [];
    try {
      const names = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index));
      for (const name of names.filter((each) => each.startsWith(family))) {
        found.push(...JSON.parse(this.storage.getItem(name)));
        this.storage.removeItem(name);
      }
    } catch {
      // no storage in this browser, or not ours: the outbox then lives as long as the page
    }
    return found;
  }

  #keep() {
    try {
      if (this.steps.length) this.storage.setItem(this.name, JSON.stringify(this.steps));
      else this.storage.removeItem(this.name);
    } catch {
      // full or forbidden: the outbox is still in memory and on its way
    }
  }
}

/** Decisions as one sees them: those of the server with the steps on their way. A Map from statement to decision. */
export function overlay(decisions, steps, me) {
  const seen = new Map(Object.entries(decisions));
  const before = []; // what each step on its way has replaced
  for (const step of steps) {
    if (step.do === "settle" || step.do === "reopen") {
      before.push([step.statement, seen.get(step.statement)]);
      if (step.do === "reopen") seen.delete(step.statement);
      else {
        seen.set(step.statement, {
          id: step.decision, who: me, reason: step.reason, how: "decided", codes: Object.keys(step.codes),
        });
      }
    } else if (step.do === "anchor") before.push(null);
    else if (before.length) {
      const last = before.pop();
      if (last?.[1]) seen.set(...last);
      else if (last) seen.delete(last[0]);
    }
  }
  return seen;
}

/** The statement that an undo of the last of these steps leads back to, or null where only the server knows. */
export function undoes(steps) {
  const done = [];
  for (const step of steps) {
    if (step.do === "undo") done.pop();
    else done.push(step.statement);
  }
  return done.at(-1) ?? null;
}
