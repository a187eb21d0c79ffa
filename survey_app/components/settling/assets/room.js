// One difference at a time: what was given, what is chosen, why. Keeps outbox, place and drafts together.

import { Codebook } from "../survey-app.desk/codebook.js";
import { fill, make } from "../survey-app.desk/element.js";
import { Line } from "../survey-app.desk/line.js";
import { newId } from "../survey-app.desk/naming.js";
import { Palette } from "../survey-app.desk/palette.js";
import { Picker } from "../survey-app.desk/picker.js";
import { undisturbed } from "../survey-app.desk/undisturbed.js";
import { decidedAs, following, majority, nextFrom, offered, proposals, toggled } from "./choice.js";
import { commandOf } from "./keys.js";
import { Outbox, overlay, undoes } from "./outbox.js";
import { keepPlace, placeOf } from "./place.js";
import { Sheet } from "./sheet.js";

const LOOK = new URL("../survey-app.desk/desk.css", import.meta.url).href; // chips, picker and palette are the desk's

export class Room {
  constructor(parent) {
    this.client = newId();
    this.hash = null;
    this.decisions = {};
    this.root = make("div", { class: "rk-desk rk-settle", onkeydown: (event) => this.#key(event) });
    parent.append(make("link", { rel: "stylesheet", href: LOOK }), this.root);
    this.line = new Line({
      message: () => ({ client: this.client, have: this.hash, out: this.outbox?.send() ?? [] }),
      post: (message) => this.post(message),
      waiting: () => (this.hash ? this.outbox.steps.length : 1),
      onSilence: () => this.#tellSaved(true),
    });
    this.root.addEventListener("focusin", (event) => (this.focused = event.target));
    undisturbed(() => this.root.isConnected, () => (this.focused?.isConnected ? this.focused.focus() : this.home()));
  }

  /** Take in what the server says. `post` sends a message up. */
  hear(data, post) {
    this.post = post;
    const before = this.decisions;
    this.decisions = data.decisions;
    if (data.doc && data.hash !== this.hash) this.#lay(data);
    if (data.hash !== this.hash) {
      this.line.now(); // mounted anew without the statements: ask for them
      return;
    }
    const settled = this.outbox.hear(data.done);
    const ours = (refused) => settled.some((step) => step.client === refused.client && step.seq === refused.seq);
    const told = data.refused.filter(ours).map(({ text }) => text);
    if (told.length) this.sheet.note(told.join(" "));
    else if (settled.some((step) => step.do === "undo")) this.#goBack(before);
    this.#follow(data.at);
    this.show();
    this.#tellSaved(false);
    this.line.heard(data.heard);
  }

  get coders() {
    return this.doc.order;
  }

  get given() {
    return this.doc.given[this.at];
  }

  /** The decisions as they will be once everything has been sent. */
  get seen() {
    return overlay(this.decisions, this.outbox.steps, this.doc.me);
  }

  /** Whether somebody has weighed and decided: that all agreed once is no decision on what differs now. */
  isSettled(statement, seen = this.seen) {
    return seen.get(statement)?.how === "decided";
  }

  /** Go to a statement; what was begun there comes back. */
  go(statement) {
    if (!statement) return;
    this.#open(statement);
    this.home();
    this.sheet.say(this);
  }

  /** Choose codes; nothing is decided before the reason is stored. */
  choose(choice) {
    this.choice = choice;
    this.note();
    this.show();
  }

  /** Choose a code, or no longer. */
  toggle(code) {
    this.choose(toggled(this.choice, code, this.given, this.coders));
  }

  /** Store the decision and go on to the next difference. */
  store() {
    if (!this.choice) {
      this.sheet.note(this.words.chooseFirst);
      this.home();
      return;
    }
    this.send({
      do: "settle", statement: this.at, codes: this.choice, reason: this.sheet.reason.value.trim(), decision: newId(),
      seen: this.seen.get(this.at)?.id ?? "",
    });
    delete this.drafts[this.at];
    this.#keep();
    const next = this.#waiting(1);
    if (next) this.go(next);
    else {
      this.show();
      this.home();
      this.sheet.note(this.words.allSettled);
    }
  }

  /** Do a step: at once on the screen, then on the server. */
  send(step) {
    this.sheet.clear();
    this.outbox.add(step);
    this.show();
    this.#tellSaved(this.silent);
    this.line.now();
  }

  act(name, value) {
    const { items } = this.doc;
    const orders = {
      next: () => this.go(nextFrom(items, this.at, 1)),
      previous: () => this.go(nextFrom(items, this.at, -1)),
      nextWaiting: () => this.go(this.#waiting(1)),
      first: () => this.go(items[0]),
      last: () => this.go(items.at(-1)),
      number: () => this.#number(value),
      mix: () => this.#mix(),
      search: () => this.search(""),
      type: () => this.search(value),
      reason: () => this.sheet.reason.focus(),
      undo: () => this.#undo(),
      reopen: () => this.#reopen(),
      anchor: () => this.anchor(),
      help: () => this.sheet.help(),
      back: () => this.#back(),
      around: () => this.sheet.unfold(),
    };
    orders[name]();
  }

  /** Find any other code by its name. */
  search(typed) {
    this.picker.open(typed, this.sheet.chosen.getBoundingClientRect(), new Set(Object.keys(this.choice ?? {})));
  }

  /** Make the case an example of a code: with the codes chosen, or as one that is not coded so. */
  anchor() {
    const codes = offered(this.given, this.coders, this.choice);
    const chosen = Object.keys(this.choice ?? {});
    const entries = codes.map((code, at) => ({
      key: String(at + 1), code, text: this.codebook.titleOf(this.codebook.get(code)),
      detail: chosen.includes(code) ? this.words.example : this.words.counterExample,
      colour: this.codebook.get(code).colour, counter: !chosen.includes(code),
    }));
    if (!this.choice) this.sheet.note(this.words.chooseFirst);
    else if (entries.length) {
      this.palette.ask({
        title: this.words.anchorOf, entries, byKeys: true, hint: this.words.anchorHow,
        onPick: ({ code, counter, text }) => {
          this.send({
            do: "anchor", statement: this.at, code, counter, reason: this.sheet.reason.value.trim(),
          });
          this.sheet.note(fill(counter ? this.words.counterMade : this.words.exampleMade, { code: text }));
          this.home();
        },
      });
    }
  }

  show() {
    this.sheet.show(this);
  }

  home() {
    this.sheet.text.focus({ preventScroll: true });
  }

  #lay({ doc, hash }) {
    const fresh = !this.doc || this.doc.place !== doc.place;
    Object.assign(this, { doc, hash, words: doc.words });
    if (fresh) this.outbox = new Outbox(localStorage, doc.place, this.client);
    this.codebook = new Codebook({ hash, codes: doc.codes, attributes: [], rules: [] }, doc.language, localStorage, doc.place);
    this.picker = new Picker(this.codebook, this.words, {
      onPick: (code) => {
        this.codebook.remember(code.id);
        if (this.choice?.[code.id] === undefined) this.toggle(code.id);
      },
      onClose: () => this.home(),
    });
    this.palette = new Palette(this.words, { onClose: () => this.home() });
    if (fresh) Object.assign(this, placeOf(sessionStorage, doc.place));
    const [typed, hadFocus] = [this.sheet?.reason.value ?? "", this.root.contains(document.activeElement)];
    this.sheet = new Sheet(this);
    this.root.replaceChildren(this.sheet.node, this.picker.node, this.palette.node);
    if (fresh || !doc.items.includes(this.at)) {
      const first = doc.items.find((item) => !this.isSettled(item)) ?? doc.items[0];
      this.#open(doc.items.includes(this.at) ? this.at : first);
      if (document.activeElement === document.body) this.home();
      return;
    }
    this.sheet.reason.value = typed;
    if (hadFocus) this.home();
  }

  /** Go to where a link leads, once: a reload comes back to where one was. */
  #follow(asked) {
    if (!asked || asked === this.asked) return;
    this.asked = asked;
    this.#keep();
    if (this.doc.items.includes(asked)) this.go(asked);
  }

  /** Go to what an undo has turned back on the server. */
  #goBack(before) {
    const changed = this.doc.items.find((item) => before[item]?.id !== this.decisions[item]?.id);
    if (changed && changed !== this.at) this.#reopened(changed, before[changed]);
  }

  /** Show a statement whose decision was taken back, with what had been decided as a draft. */
  #reopened(statement, decision) {
    const given = this.doc.given[statement];
    if (decision) {
      this.drafts[statement] = { choice: decidedAs(decision.codes, given, this.coders), reason: decision.reason };
    }
    this.go(statement);
  }

  #waiting(step) {
    const seen = this.seen;
    return nextFrom(this.doc.items, this.at, step, (item) => !this.isSettled(item, seen));
  }

  #number(number) {
    if (number === 0) return this.choose({});
    if (this.mixing) {
      const code = offered(this.given, this.coders, this.choice)[number - 1];
      return code && this.toggle(code);
    }
    const proposal = proposals(this.given, this.coders)[number - 1];
    return proposal && this.choose(following(proposal));
  }

  #mix() {
    this.mixing = !this.mixing;
    if (this.mixing && !this.choice) this.choose(majority(this.given, this.coders));
    else this.show();
    this.sheet.say(this, this.mixing ? this.words.mixHow : "");
  }

  #undo() {
    const back = undoes(this.outbox.steps);
    const decided = this.seen.get(back);
    this.send({ do: "undo" });
    if (back && this.doc.items.includes(back)) this.#reopened(back, decided);
    this.sheet.note(this.words.takenBack);
  }

  #reopen() {
    const decided = this.seen.get(this.at);
    if (!decided) return;
    this.send({ do: "reopen", statement: this.at, seen: decided.id });
    this.choose(null);
  }

  #back() {
    this.sheet.clear();
    this.sheet.help(false);
    if (this.mixing) this.#mix();
    else if (this.drafts[this.at]) {
      delete this.drafts[this.at];
      this.#open(this.at);
    }
    this.home();
  }

  #open(statement) {
    this.at = statement;
    this.mixing = false;
    const draft = this.drafts[statement];
    const decided = this.seen.get(statement);
    this.choice = draft ? draft.choice : decided ? decidedAs(decided.codes, this.given, this.coders) : null;
    this.sheet.reason.value = draft ? draft.reason : decided?.reason ?? "";
    this.#keep();
    this.sheet.clear();
    this.show();
  }

  #key(event) {
    event.stopPropagation(); // Streamlit listens for r and c on the whole page
    if (!this.doc || event.target.closest(".rk-picker, .rk-palette")) return;
    if (event.target === this.sheet.reason) return this.#keyInReason(event);
    const isButton = event.target.closest("button, summary");
    if (isButton && (event.key === "Enter" || event.key === " ")) return;
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    this.act(command.name, command.number ?? command.text);
  }

  #keyInReason(event) {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) this.store();
    else if (event.key === "Escape") this.home();
    else return;
    event.preventDefault();
  }

  /** Keep what is begun and not stored yet. */
  note() {
    this.drafts[this.at] = { choice: this.choice, reason: this.sheet.reason.value };
    this.#keep();
  }

  #keep() {
    keepPlace(sessionStorage, this.doc.place, { at: this.at, drafts: this.drafts, asked: this.asked });
  }

  #tellSaved(silent) {
    this.silent = silent && this.outbox.steps.length > 0;
    this.sheet.saved(this.outbox.steps.length, this.silent);
  }
}

