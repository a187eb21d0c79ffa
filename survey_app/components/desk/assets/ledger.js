// What the server is known to hold, and what it has not confirmed yet: together they are what the coder sees.
// Nothing leaves the outbox before the server has answered for it. It is kept in `storage`, one for each tab: a tab that
// was closed, or lost with the browser, leaves its outbox to the next desk. What two tabs send is done once.

const NEVER_UNDONE = ["look", "unlook"];

/** Codings after operations: `codings` is a Map from id to {id, start, end, code, look}; returns a new one.
 *
 * What was added to another revision of the text than `text` cannot be shown until the server has carried it over.
 */
export function overlay(codings, operations, text) {
  const seen = new Map(codings);
  for (const each of standing(operations)) {
    if (each.do === "add" && (each.revision ?? text) === text) {
      seen.set(each.coding, { id: each.coding, start: each.start, end: each.end, code: each.code, look: false });
    } else if (each.do === "remove") seen.delete(each.coding);
    else if (each.do === "accept" && seen.has(each.coding)) {
      seen.set(each.coding, { ...seen.get(each.coding), look: false });
    } else if (each.do === "resize" && seen.has(each.coding) && (each.revision ?? text) === text) {
      seen.set(each.coding, { ...seen.get(each.coding), start: each.start, end: each.end, look: false });
    }
  }
  return seen;
}

/** Operations without those that an undo among them takes back, as the server will see it too. */
export function standing(operations) {
  const done = [];
  const undone = [];
  for (const each of operations) {
    if (each.do === "undo") {
      const last = done.findLastIndex(({ do: name }) => !NEVER_UNDONE.includes(name));
      if (last >= 0) undone.push(done.splice(last, 1)[0]);
    } else if (each.do === "redo") {
      if (undone.length) done.push(undone.pop());
    } else {
      done.push(each);
      if (!NEVER_UNDONE.includes(each.do)) undone.length = 0;
    }
  }
  return done;
}

/** What a mark is known by: its kind (flag, value, memo), what it is about, and its attribute or kind of thing. */
export function nameOf({ kind, about, name = "" }) {
  return `${kind} ${about} ${name}`;
}

/** Marks after operations: `marks` is a Map from name to {kind, about, name, text}; returns a new one. */
export function overlayMarks(marks, operations) {
  const seen = new Map(marks);
  for (const each of standing(operations)) {
    if (!["flag", "value", "memo"].includes(each.do)) continue;
    put(seen, { kind: each.do, about: each.about, name: each.label ?? "", text: each.text ?? "" });
  }
  return seen;
}

function move(codings, { id, coding }) {
  if (coding) codings.set(id, coding);
  else codings.delete(id);
}

function put(marks, mark) {
  if (mark.text.trim()) marks.set(nameOf(mark), mark);
  else marks.delete(nameOf(mark));
}

/** Codings that are in only one of two Maps, or not the same in both: what has to be painted again. */
export function differences(before, after) {
  const alike = (one, other) => other && ["start", "end", "code", "look"].every((name) => one[name] === other[name]);
  return [
    ...[...before.values()].filter((coding) => !alike(coding, after.get(coding.id))),
    ...[...after.values()].filter((coding) => !alike(coding, before.get(coding.id))),
  ];
}

export class Ledger {
  /** `name` tells the outboxes of several desks apart; `client` is a name that no ledger had before. */
  constructor(storage, name, client, text = 0) {
    this.storage = storage;
    this.name = `rakurs.outbox.${name} ${client}`;
    this.client = client;
    this.seq = 0;
    this.sent = 0;
    this.revision = 0;
    this.text = text; // which revision of the text the codings lie on
    this.codings = new Map();
    this.lookedAt = new Set();
    this.others = new Map(); // codings of other coders, as far as they are seen: in nothing that is one's own
    this.marks = new Map();
    this.outbox = this.#adopt(`rakurs.outbox.${name} `);
  }

  /** Begin from what the server holds. */
  begin(codings, lookedAt, revision, marks = [], others = []) {
    this.others = new Map(others.map((coding) => [coding.id, coding]));
    this.marks = new Map(marks.map((mark) => [nameOf(mark), mark]));
    this.codings = new Map(codings.map((coding) => [coding.id, coding]));
    this.lookedAt = new Set(lookedAt);
    this.revision = revision;
  }

  /** Put an operation into the outbox; returns it with its name. */
  add(operation) {
    const named = { client: this.client, seq: ++this.seq, ...operation };
    this.outbox.push(named);
    this.#keep();
    return named;
  }

  /** Note that statements were looked at: many make one operation, as long as it has not been sent. */
  look(statements) {
    const last = this.outbox.at(-1);
    if (last?.do !== "look" || last.client !== this.client || last.seq <= this.sent) {
      this.add({ do: "look", statements });
      return;
    }
    last.statements = [...last.statements, ...statements];
    this.#keep();
  }

  /** What has to be sent now: every operation without an answer. */
  send() {
    this.sent = this.seq;
    return this.outbox.map((operation) => ({ ...operation }));
  }

  /** Take in the server's answer; returns the operations that it settled. */
  hear({ changes, revision, done, refused, marks = [], looked = [], otherChanges = [] }) {
    const news = ({ number }) => number > this.revision; // else an answer that was overtaken by a newer one
    for (const change of changes.filter(news)) move(this.codings, change);
    for (const change of otherChanges.filter(news)) move(this.others, change);
    for (const mark of marks.filter(news)) put(this.marks, mark);
    for (const { ids, there } of looked.filter(news)) {
      this.#see(this.lookedAt, { do: there ? "look" : "unlook", statements: ids });
    }
    this.revision = Math.max(this.revision, revision);
    const names = new Set(done.map(([client, seq]) => `${client} ${seq}`));
    const failed = new Set(refused.map(({ client, seq }) => `${client} ${seq}`));
    const settled = this.outbox.filter((each) => names.has(`${each.client} ${each.seq}`));
    for (const each of settled) {
      if (!failed.has(`${each.client} ${each.seq}`)) this.#see(this.lookedAt, each);
    }
    if (settled.length) {
      this.outbox = this.outbox.filter((each) => !settled.includes(each));
      this.#keep();
    }
    return settled;
  }

  /** The codings as the coder sees them. */
  seen() {
    return overlay(this.codings, this.outbox, this.text);
  }

  /** What of the operations on their way can be seen, as a text to compare. */
  shown() {
    return JSON.stringify(standing(this.outbox));
  }

  /** The marks as the coder sees them. */
  marked() {
    return overlayMarks(this.marks, this.outbox);
  }

  /** Ids of the statements that the coder has looked at. */
  looked() {
    const seen = new Set(this.lookedAt);
    for (const each of this.outbox) this.#see(seen, each);
    return seen;
  }

  #see(set, operation) {
    if (operation.do === "look") for (const id of operation.statements) set.add(id);
    if (operation.do === "unlook") for (const id of operation.statements) set.delete(id);
  }

  /** Take over what other tabs of this desk have left, closed or not. */
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
    this.outbox = found;
    this.#keep();
    return found;
  }

  #keep() {
    try {
      if (this.outbox.length) this.storage.setItem(this.name, JSON.stringify(this.outbox));
      else this.storage.removeItem(this.name);
    } catch {
      // full or forbidden: the outbox is still in memory and on its way
    }
  }
}
