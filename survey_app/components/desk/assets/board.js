// One desk: keeps text, ledger, cursor and picker together and turns commands into operations.

import { Bar } from "./bar.js";
import { Chips } from "./chips.js";
import { Codebook } from "./codebook.js";
import { Coding } from "./coding.js";
import { Cursor } from "./cursor.js";
import { Draft } from "./drafts.js";
import { fill, make } from "./element.js";
import { rememberTitle, waitingElsewhere } from "./elsewhere.js";
import { Filters } from "./filters.js";
import { commandOf } from "./keys.js";
import { differences, Ledger } from "./ledger.js";
import { Line } from "./line.js";
import { Looking } from "./looking.js";
import { Marks } from "./marks.js";
import { newId } from "./naming.js";
import { DIGITS, ordersOf } from "./orders.js";
import { Palette } from "./palette.js";
import { Paper } from "./paper.js";
import { Picker } from "./picker.js";
import { comeBack, goOnTyping, keepPlace } from "./place.js";
import { openSound, Player } from "./player.js";
import { Pointer } from "./pointer.js";
import { Reading } from "./reading.js";
import { Revising } from "./revising.js";
import { undisturbed } from "./undisturbed.js";
import { Walk } from "./walk.js";

const ELSEWHERE = 6000; // milliseconds

export class Desk {
  constructor(parent) {
    this.client = newId();
    this.hash = null;
    this.silent = false;
    this.root = make("div", { class: "rk-desk", onkeydown: (event) => this.#key(event) });
    parent.append(this.root);
    this.sound = openSound(this);
    this.line = new Line({
      message: () => ({
        client: this.client, have: this.hash, book: this.codebook?.hash, revision: this.ledger?.revision ?? 0, out: this.ledger?.send() ?? [],
      }),
      post: (message) => this.post(message),
      waiting: () => (this.hash ? this.ledger.outbox.length : 1),
      onSilence: () => this.#tellSaved(true),
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
    const fresh = data.doc && data.hash !== this.hash;
    const again = fresh && data.place === this.place; // the same text, corrected or cut otherwise
    if (again && this.#isBusy(data)) {
      this.late = true; // laid out as soon as what is being chosen has been chosen
      this.line.rest();
      return;
    }
    if (fresh && !again) this.#lay(data);
    if (!fresh && data.hash !== this.hash) {
      this.line.now(); // mounted anew without the text: ask for it
      return;
    }
    this.ledger.text = (data.doc ?? this.paper.doc).revision;
    if (data.book && !fresh) this.#newBook(data.book);
    if (data.codings) this.ledger.begin(data.codings, data.looked_at, data.revision, data.marks);
    const settled = this.ledger.hear(data);
    this.revising.editor.hear(settled, data.refused);
    if (again) this.#layAgain(data);
    else if (fresh) this.#begin(data.at);
    const changed = this.#repaint();
    this.marks.show();
    this.reading.show();
    this.looking.show();
    this.sound.hear(data.recording ?? null);
    if (!again && settled.some((each) => each.do === "undo" || each.do === "redo")) this.#goTo(changed[0]);
    const ours = (refused) => settled.some((each) => each.client === refused.client && each.seq === refused.seq);
    const told = this.#refusals(settled, data.refused.filter(ours));
    if (told.length) this.bar.note(told.join(" "));
    this.#tellSaved(false);
    this.line.heard(data.heard);
  }

  /** Do a command by its name: what keys and buttons ask for. */
  act(name, place = 0) {
    this.orders[name]?.(place);
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
    const asks = this.picker.isOpen || this.palette.isOpen || this.walk.isOpen;
    return asks && data.doc.words.language === this.words.language;
  }

  /** Undo or redo. Without an answer it can be shown only for what was not sent yet: then it is said to wait. */
  turn(name) {
    const before = this.ledger.shown();
    this.send({ do: name });
    if (this.silent && before === this.ledger.shown()) this.bar.note(this.words.turnWaits);
  }

  /** What the server refused, in its words; a code that was not made takes what it was put on with it. */
  #refusals(settled, refused) {
    const named = (one) => settled.find((each) => each.client === one.client && each.seq === one.seq);
    const unmade = new Set(refused.map(named).filter((each) => each.do === "code").map(({ code }) => code));
    for (const code of unmade) this.codebook.forget(code);
    if (unmade.size) this.offerRecent();
    return refused.filter((one) => named(one).do !== "add" || !unmade.has(named(one).code)).map(({ text }) => text);
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
    Object.assign(this, { words, hash, place, seen: new Map() });
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
      this.player.screen, this.picker.node, this.palette.node, this.bar.keys, this.bar.rules, this.bar.said, ...this.pointer.nodes,
    );
    this.offerRecent();
    this.#fit();
  }

  /** Go where the coder left off: the place kept in this tab, or the first statement not looked at. */
  #begin(at) {
    const rows = this.paper.stations;
    const looked = this.ledger.looked();
    const kept = Number(sessionStorage.getItem(`rakurs.place.${this.place}`) ?? -1);
    const row =
      rows.find((each) => each.statement.id === at) ?? rows.find((each) => each.start === kept) ?? rows.find((each) => !looked.has(each.statement.id)) ?? rows[0];
    if (!row) return;
    this.cursor.go(row, { focus: false });
    if (document.activeElement === document.body) this.home();
    if (row !== rows[0]) row.node.scrollIntoView({ block: "center" });
    goOnTyping(this, this.draft.take());
    rememberTitle(localStorage, this.place, this.paper.doc.title);
    setTimeout(() => this.#tellElsewhere(), ELSEWHERE); // other tabs may be about to send theirs
  }

  #tellElsewhere() {
    const found = this.root.isConnected ? waitingElsewhere(localStorage, this.place) : [];
    if (!found.length) return;
    const texts = found.map(({ title, count }) => fill(this.words.elsewhereText, { title, n: count })).join(", ");
    this.bar.note(fill(this.words.elsewhere, { texts }));
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
    const before = this.seen;
    this.seen = this.ledger.seen();
    const changed = differences(before, this.seen);
    const rows = new Set(changed.flatMap((coding) => this.paper.rowsOf(coding)));
    for (const coding of changed) this.paper.place(coding, false);
    for (const coding of changed) if (this.seen.get(coding.id) === coding) this.paper.place(coding, true);
    for (const row of rows) this.paper.paint(row);
    return changed;
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
    for (const row of this.paper.rows) if (row.codings.size) this.paper.paint(row);
  }

  readToHere() {
    const ids = this.reading.downTo(this.cursor.row);
    if (!ids.length) return;
    this.#tellSaved(this.silent);
    const takeBack = { text: this.words.takeBack, act: () => this.reading.takeBack(ids) };
    this.bar.note(fill(this.words.readMarked, { n: ids.length }), takeBack);
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
    if (this.late && !this.picker.isOpen && !this.palette.isOpen && !this.walk.isOpen) {
      this.late = false;
      this.line.now(); // ask for the text that came meanwhile
    }
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
    if (command.name === "type") this.coding.pick(command.text);
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
