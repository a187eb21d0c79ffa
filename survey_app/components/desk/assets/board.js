// One desk: keeps text, ledger, cursor and picker together and turns commands into operations.

import { Bar } from "./bar.js";
import { Chips } from "./chips.js";
import { Codebook } from "./codebook.js";
import { Coding } from "./coding.js";
import { Cursor } from "./cursor.js";
import { Draft } from "./drafts.js";
import { fill, make } from "./element.js";
import { Filters } from "./filters.js";
import { commandOf } from "./keys.js";
import { Ledger } from "./ledger.js";
import { Line } from "./line.js";
import { askForNews, Listening } from "./listening.js";
import { Looking } from "./looking.js";
import { Marks } from "./marks.js";
import { newId } from "./naming.js";
import { DIGITS, ordersOf } from "./orders.js";
import { Others } from "./others.js";
import { repaint } from "./painting.js";
import { Palette } from "./palette.js";
import { Paper } from "./paper.js";
import { Picker } from "./picker.js";
import { begin, comeBack, keepPlace } from "./place.js";
import { openSound, Player } from "./player.js";
import { Pointer } from "./pointer.js";
import { Reading } from "./reading.js";
import { refusals } from "./refusals.js";
import { Revising } from "./revising.js";
import { FREE, keepTo, refusalOf } from "./terms.js";
import { undisturbed } from "./undisturbed.js";
import { Walk } from "./walk.js";

export class Desk {
  constructor(parent) {
    this.client = newId();
    this.hash = null;
    this.silent = false;
    this.terms = FREE;
    this.others = new Others(this, localStorage);
    this.root = make("div", { class: "rk-desk", onkeydown: (event) => this.#key(event) });
    parent.append(this.root);
    this.sound = openSound(this);
    this.line = new Line({
      message: () => ({
        client: this.client, have: this.hash, book: this.codebook?.hash, terms: this.terms.word,
        revision: this.ledger?.revision ?? 0, out: this.ledger?.send() ?? [],
      }),
      post: (message) => this.post(message),
      waiting: () => (this.hash ? this.ledger.outbox.length + Number(this.sound.asked) : 1),
      onSilence: () => this.#tellSaved(true),
    });
    this.listening = new Listening({
      ask: () => askForNews(this.#whatIsKnown()), onNews: () => this.line.now(), isHere: () => this.root.isConnected,
      isFree: () => Boolean(this.hash) && !this.late && !this.line.isUnderWay,
    });
    this.#whileHere("resize", () => this.#fit());
    this.#whileHere("beforeunload", (event) => (this.silent || this.isTyping) && event.preventDefault());
    this.root.addEventListener("focusin", (event) => (this.focused = event.target));
    undisturbed(() => this.root.isConnected, () => (this.focused?.isConnected ? this.focused.focus() : this.home()));
    for (const name of ["input", "keyup", "click"]) this.root.addEventListener(name, () => this.draft?.note());
  }

  /** Take in what the server says. `post` sends a message up. */
  hear(data, post) {
    this.post = post;
    if (this.line.isOvertaken(data.heard)) return;
    if (data.gone) {
      this.#shut(data.gone);
      return;
    }
    const fresh = data.doc && data.hash !== this.hash;
    const again = fresh && data.place === this.place; // the same text, corrected or cut otherwise
    if (again && this.#isBusy(data)) {
      this.late = true; // laid out as soon as what is being chosen has been chosen
      this.line.rest();
      return;
    }
    if (data.terms) this.terms = data.terms;
    if (fresh && !again) this.#lay(data);
    if (!fresh && data.hash !== this.hash) {
      this.line.now(); // mounted anew without the text: ask for it
      return;
    }
    this.ledger.text = (data.doc ?? this.paper.doc).revision;
    if (data.book && !fresh) this.#newBook(data.book);
    if (data.codings) this.ledger.begin(data.codings, data.looked_at, data.revision, data.marks, data.others);
    this.state = data.state;
    if (data.terms && !fresh) keepTo(this);
    const settled = this.ledger.hear(data);
    this.revising.editor.hear(settled, data.refused);
    if (again) this.#layAgain(data);
    else if (fresh) begin(this, data.at);
    const changed = this.#repaint();
    this.bar.press("others", this.others.isOn);
    this.marks.show();
    this.reading.show();
    this.looking.show();
    this.sound.hear(data.recording ?? null);
    if (!again && settled.some((each) => each.do === "undo" || each.do === "redo")) this.#goTo(changed[0]);
    const told = refusals(this, settled, data.refused);
    if (told.length) this.bar.note(told.join(" "));
    this.#tellSaved(false);
    this.line.heard(data.heard);
  }

  /** Do a command by its name: what keys and buttons ask for. */
  act(name, place = 0) {
    if (this.orders[name] && this.may(name)) this.orders[name](place);
  }

  /** Whether a command may be done now; where it may not, that is said. */
  may(name) {
    const why = refusalOf(this, name);
    if (why) this.bar.note(why);
    return !why;
  }

  /** Show the codes of other coders, or hide them. */
  showOthers() {
    this.bar.press("others", this.others.toggle());
    this.#repaint();
  }

  /** Do what had to wait while the mouse was held down or something was being chosen. */
  catchUp() {
    if (this.unpainted && !this.pointer.isDown) this.#repaint();
    if (!this.late || this.#isHeld()) return;
    this.late = false;
    this.line.now(); // ask for the text that came meanwhile
  }

  /** Go to a row from anywhere. */
  goToRow(row) {
    if (!row) return;
    this.move(row);
    row.node.scrollIntoView({ block: "center" });
  }

  /** Whether words are typed that nobody has saved. */
  get isTyping() {
    return Boolean(this.marks?.memo.isChanged || this.revising?.editor.isChanged);
  }

  /** Whether a text that comes anew would tear something out of the coder's hands. */
  #isBusy(data) {
    return this.#isHeld() && data.doc.words.language === this.words.language;
  }

  #isHeld() {
    return this.picker.isOpen || this.palette.isOpen || this.walk.isOpen || this.pointer.isDown;
  }

  /** Undo or redo. Without an answer it can be shown only for what was not sent yet: then it is said to wait. */
  turn(name) {
    const before = this.ledger.shown();
    this.send({ do: name });
    if (this.silent && before === this.ledger.shown()) this.bar.note(this.words.turnWaits);
  }

  #lay(data) {
    this.ledger = new Ledger(localStorage, data.place, newId());
    this.#build(data);
  }

  /** The text has changed under the coder's hands: lay it out anew and go on where they were. */
  #layAgain(data) {
    const kept = keepPlace(this);
    this.#build(data);
    this.#repaint();
    comeBack(this, kept);
  }

  #build({ doc, hash, place, book }) {
    const { words } = doc;
    Object.assign(this, { words, hash, place, seen: new Map(), theirs: new Map() });
    this.codebook = new Codebook(book ?? this.book, words.language, localStorage, place.split(" ")[1]);
    this.book = book ?? this.book;
    this.paper = new Paper(doc, this.codebook, words);
    this.cursor = new Cursor(this.paper, (from, to) => this.#moved(from, to));
    this.reading = new Reading(this);
    this.bar = new Bar(words, (name, which) => this.act(name, which));
    this.picker = new Picker(this.codebook, words, {
      onPick: (code) => this.coding.picked(code), onClose: () => this.#closed(),
    });
    this.palette = new Palette(words, { onClose: () => this.home() });
    this.marks = new Marks(this);
    this.filters = new Filters(this);
    this.cursor.among = (row) => this.filters.has(row);
    this.walk = new Walk(this);
    this.coding = new Coding(this);
    this.scroll = make("div", { class: "rk-scroll", role: "region", "aria-label": doc.title }, this.paper.node);
    this.pointer = new Pointer(this);
    this.chips = new Chips(this);
    this.looking = new Looking(this);
    this.revising = new Revising(this);
    this.player = new Player(this, this.sound, this.player);
    this.orders = ordersOf(this);
    this.draft = new Draft(sessionStorage, place, () => {
      const [typed, memo] = [this.revising.keep(), this.marks.memo.keep()];
      return typed || memo ? { typed, memo, start: this.cursor.row?.start ?? 0 } : null;
    });
    this.root.replaceChildren(
      this.bar.node, this.bar.recent, this.player.node, this.filters.node, this.filters.concordance, this.bar.notes, this.scroll,
      this.bar.closed, this.player.screen, this.picker.node, this.palette.node, this.bar.keys, this.bar.rules, this.bar.said, ...this.pointer.nodes,
    );
    keepTo(this);
    this.offerRecent();
    this.#fit();
  }

  /** The text, or the coder's place in the study, is gone: all that is here stays to be read. */
  #shut(why) {
    Object.assign(this, { terms: { ...this.terms, word: "", closed: why, others: "" }, state: "" });
    this.line.rest();
    if (!this.paper) return;
    this.ledger.others = new Map();
    keepTo(this);
    this.#repaint();
  }

  #whatIsKnown() {
    const [source, coder] = this.place.split(" ");
    return { study: this.paper.doc.ids.study, source, coder, revision: this.ledger.revision, state: this.state };
  }

  /** Show the codes used last, each with its digit. */
  offerRecent() {
    this.bar.offer(this.codebook.latest(DIGITS), this.codebook);
  }

  /** Do an operation: at once on the screen, then on the server. Returns it with its name. */
  send(operation) {
    this.bar.clear();
    const sent = this.ledger.add(operation);
    this.#repaint();
    this.#tellSaved(this.silent);
    this.line.now();
    return sent;
  }

  #repaint() {
    this.unpainted = this.pointer.isDown; // words are being selected: painting would tear them away
    return this.unpainted ? [] : repaint(this);
  }

  /** Paint the rows of a span, with `target` marked as about to be coded. */
  paint(span, target) {
    for (const row of this.paper.rowsOf(span)) this.paper.paint(row, target);
  }

  /** A newer codebook than the one that codes were chosen from. */
  #newBook(book) {
    this.book = book;
    this.codebook.update(book);
    this.offerRecent();
    this.filters.renew();
    for (const row of this.paper.rows) if (row.codings.size || row.others.size) this.paper.paint(row);
  }

  readToHere() {
    const ids = this.reading.downTo(this.cursor.row);
    if (!ids.length) return;
    this.#tellSaved(this.silent);
    const act = () => {
      this.reading.takeBack(ids);
      this.#tellSaved(this.silent);
    };
    this.bar.note(fill(this.words.readMarked, { n: ids.length }), { text: this.words.takeBack, act });
  }

  move(row, wantedUncoded) {
    if (row) {
      this.cursor.release();
      this.cursor.go(row);
    } else if (wantedUncoded) this.bar.note(this.words.noneUncoded);
  }

  #moved(from, to) {
    if (from) {
      this.revising.close();
      this.reading.past([from]);
      this.#tellSaved(this.silent);
    }
    this.walk.left(to);
    sessionStorage.setItem(`rakurs.place.${this.place}`, to.start);
  }

  #goTo(coding) {
    const row = coding && this.paper.rowsOf(coding)[0];
    if (!row) return;
    this.cursor.release();
    this.cursor.go(row);
  }

  escape() {
    this.bar.clear();
    this.bar.showKeys(false);
    this.bar.showRules([], false);
    this.cursor.release();
    this.home();
  }

  #closed() {
    queueMicrotask(() => (this.coding.meant = null));
    if (this.cursor.target) this.paint(this.cursor.target, null);
    this.home();
  }

  /** Give the keyboard back to the text, and the selection back to the words. */
  home() {
    this.draft?.note(); // a field that was just closed leaves no draft
    this.catchUp();
    if (this.cursor.row?.node.classList.contains("is-far")) this.cursor.go(this.filters.rows[0] ?? this.cursor.row);
    this.cursor.row?.text.focus({ preventScroll: true });
    if (this.cursor.target) this.cursor.select(this.cursor.target);
  }

  #tellSaved(silent) {
    this.silent = silent && this.ledger.outbox.length > 0;
    this.bar.save(this.ledger.outbox.length, this.silent);
  }

  #key(event) {
    event.stopPropagation(); // Streamlit listens for r and c on the whole page
    if (!this.paper || event.target.closest(".rk-picker, .rk-palette, .rk-filters, .rk-lines, .rk-memo, .rk-place")) return;
    const isButton = event.target.closest("button") && !event.target.closest(".rk-chip-name");
    if (isButton && (event.key === "Enter" || event.key === " ")) return;
    if (this.walk.key(event) || this.revising.key(event)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    this.pointer.hide();
    if (command.name === "type") this.may("pick") && this.coding.pick(command.text);
    else if (command.name === "extend") this.coding.extend(command);
    else this.act(command.name, command.place);
  }

  /** Listen on the window for as long as this desk is on the page. */
  #whileHere(name, act) {
    const listener = (event) => (this.root.isConnected ? act(event) : removeEventListener(name, listener));
    addEventListener(name, listener);
  }

  /** Fill the window below the top of the page; on a phone, where that is too little, fill all of it. */
  #fit() {
    const { top } = this.root.getBoundingClientRect();
    const below = innerHeight - top - 12;
    this.root.style.setProperty("--rk-height", `${top > 0 && below > 480 ? below : innerHeight - 24}px`);
  }
}
