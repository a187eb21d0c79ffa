// One desk: keeps text, ledger, cursor and picker together and turns commands into operations.

import { Bar } from "./bar.js";
import { Chips } from "./chips.js";
import { Codebook } from "./codebook.js";
import { Cursor } from "./cursor.js";
import { fill, make } from "./element.js";
import { commandOf } from "./keys.js";
import { differences, Ledger } from "./ledger.js";
import { Line } from "./line.js";
import { Looking } from "./looking.js";
import { newId } from "./naming.js";
import { Paper } from "./paper.js";
import { Picker } from "./picker.js";
import { comeBack, keepPlace } from "./place.js";
import { Pointer } from "./pointer.js";
import { Reading } from "./reading.js";
import { Revising } from "./revising.js";
import { countsFor } from "./segments.js";

export class Desk {
  constructor(parent) {
    this.client = newId();
    this.hash = null;
    this.silent = false;
    this.root = make("div", { class: "rk-desk", onkeydown: (event) => this.#key(event) });
    parent.append(this.root);
    this.line = new Line({
      message: () => ({
        client: this.client, have: this.hash, revision: this.ledger?.revision ?? 0, out: this.ledger?.send() ?? [],
      }),
      post: (message) => this.post(message),
      waiting: () => (this.hash ? this.ledger.outbox.length : 1),
      onSilence: () => this.#tellSaved(true),
    });
    this.#whileHere("resize", () => this.#fit());
    this.#whileHere("beforeunload", (event) => this.silent && event.preventDefault());
  }

  /** Take in what the server says. `post` sends a message up. */
  hear(data, post) {
    this.post = post;
    const fresh = data.doc && data.hash !== this.hash;
    const again = fresh && data.place === this.place; // the same text, corrected or cut otherwise
    if (fresh && !again) this.#lay(data);
    if (!fresh && data.hash !== this.hash) {
      this.line.now(); // mounted anew without the text: ask for it
      return;
    }
    this.ledger.text = (data.doc ?? this.paper.doc).revision;
    if (data.codings) this.ledger.begin(data.codings, data.looked_at, data.revision);
    const settled = this.ledger.hear(data);
    this.revising.editor.hear(settled, data.refused);
    if (again) this.#layAgain(data);
    else if (fresh) this.#begin();
    const changed = this.#repaint();
    this.reading.show();
    this.looking.show();
    if (!again && settled.some((each) => each.do === "undo" || each.do === "redo")) this.#goTo(changed[0]);
    const ours = (refused) => settled.some((each) => each.client === refused.client && each.seq === refused.seq);
    const told = data.refused.filter(ours).map(({ text }) => text);
    if (told.length) this.bar.note(told.join(" "));
    this.#tellSaved(false);
    this.line.heard(data.heard);
  }

  /** Do a command by its name: what keys and buttons ask for. */
  act(name) {
    const uncoded = (row) => ![...this.seen.values()].some((coding) => countsFor(coding, row));
    const moves = {
      next: () => this.cursor.ahead(1),
      previous: () => this.cursor.ahead(-1),
      nextUncoded: () => this.cursor.ahead(1, uncoded),
      previousUncoded: () => this.cursor.ahead(-1, uncoded),
      first: () => this.paper.stations[0],
      last: () => this.paper.stations.at(-1),
    };
    if (moves[name]) this.#move(moves[name](), name.endsWith("Uncoded"));
    else if (name === "pick") this.pick("");
    else if (name === "undo" || name === "redo") this.send({ do: name });
    else if (name === "split" || name === "merge" || name === "edit") this.revising[name]();
    else if (name === "nextLook") this.looking.next();
    else if (name === "accept") this.looking.accept(this.chips.chosen());
    else if (name === "remove") this.chips.removeHere();
    else if (name === "nextCoding") this.chips.step(1);
    else if (name === "previousCoding") this.chips.step(-1);
    else if (name === "readToHere") this.#readToHere();
    else if (name === "help" && !this.bar.showKeys()) this.home();
    else if (name === "escape") this.#escape();
  }

  /** Open the picker for the current span, with a query begun already. */
  pick(query) {
    const span = this.cursor.span();
    if (!span) {
      this.bar.note(this.words.nothingChosen);
      return;
    }
    this.bar.showKeys(false);
    if (!this.cursor.target) this.cursor.row.node.scrollIntoView({ block: "nearest" });
    const place = this.pointer.placeOf(span);
    this.pointer.hide();
    if (this.cursor.target) this.#paint(span, span);
    this.picker.open(query, place, new Set(this.#on(span).map((coding) => coding.code)));
  }

  #lay(data) {
    this.ledger = new Ledger(sessionStorage, data.place, newId());
    this.#build(data);
  }

  /** The text has changed under the coder's hands: lay it out anew and go on where they were. */
  #layAgain(data) {
    const kept = keepPlace(this);
    this.#build(data);
    this.#repaint();
    comeBack(this, kept);
  }

  #build({ doc, hash, place }) {
    const { words } = doc;
    Object.assign(this, { words, hash, place, seen: new Map() });
    this.codebook = new Codebook(doc.codes, words.language, sessionStorage, place.split(" ")[1]);
    this.paper = new Paper(doc, this.codebook, words);
    this.cursor = new Cursor(this.paper, (from, to) => this.#moved(from, to));
    this.reading = new Reading(this);
    this.bar = new Bar(words, (name) => this.act(name));
    this.picker = new Picker(this.codebook, words, {
      onPick: (code) => this.#code(code), onClose: () => this.#closed(),
    });
    this.scroll = make("div", { class: "rk-scroll", role: "region", "aria-label": doc.title }, this.paper.node);
    this.pointer = new Pointer(this);
    this.chips = new Chips(this);
    this.looking = new Looking(this);
    this.revising = new Revising(this);
    this.root.replaceChildren(
      this.bar.node, this.bar.notes, this.scroll, this.picker.node, this.bar.keys, this.bar.said, ...this.pointer.nodes,
    );
    this.#fit();
  }

  /** Go where the coder left off: the place kept in this tab, or the first statement not looked at. */
  #begin() {
    const rows = this.paper.stations;
    const looked = this.ledger.looked();
    const kept = Number(sessionStorage.getItem(`rakurs.place.${this.place}`) ?? -1);
    const row =
      rows.find((each) => each.start === kept) ?? rows.find((each) => !looked.has(each.statement.id)) ?? rows[0];
    if (!row) return;
    this.cursor.go(row, { focus: false });
    if (document.activeElement === document.body) this.home();
    if (row !== rows[0]) row.node.scrollIntoView({ block: "center" });
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
    for (const row of rows) this.paper.paint(row, this.seen.values(), null);
    return changed;
  }

  #paint(span, target) {
    for (const row of this.paper.rowsOf(span)) this.paper.paint(row, this.seen.values(), target);
  }

  #code(code) {
    const span = this.cursor.span();
    const { target } = this.cursor;
    if (this.#on(span).some((coding) => coding.code === code.id)) {
      this.bar.note(fill(this.words.already, { code: code.short }));
    } else {
      this.reading.past(this.paper.rowsOf(span));
      const { revision } = this.paper.doc;
      this.send({ do: "add", coding: newId(), code: code.id, start: span.start, end: span.end, revision });
      this.codebook.remember(code.id);
      this.bar.say(fill(this.words.coded, { code: this.codebook.titleOf(code) }));
    }
    if (!this.picker.isOpen) this.home();
    else if (target) this.#paint(span, target);
  }

  /** Codings on exactly this span. */
  #on(span) {
    return [...this.seen.values()].filter((coding) => coding.start === span.start && coding.end === span.end);
  }

  #readToHere() {
    const ids = this.reading.downTo(this.cursor.row);
    if (!ids.length) return;
    this.#tellSaved(this.silent);
    const takeBack = { text: this.words.takeBack, act: () => this.reading.takeBack(ids) };
    this.bar.note(fill(this.words.readMarked, { n: ids.length }), takeBack);
  }

  #move(row, wantedUncoded) {
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
    sessionStorage.setItem(`rakurs.place.${this.place}`, to.start);
  }

  #goTo(coding) {
    const row = coding && this.paper.rowsOf(coding)[0];
    if (!row) return;
    this.cursor.release();
    this.cursor.go(row);
  }

  #escape() {
    this.bar.clear();
    this.bar.showKeys(false);
    this.cursor.release();
    this.home();
  }

  #closed() {
    if (this.cursor.target) this.#paint(this.cursor.target, null);
    this.home();
  }

  /** Give the keyboard back to the text, and the selection back to the words. */
  home() {
    this.cursor.row?.text.focus({ preventScroll: true });
    if (this.cursor.target) this.cursor.select(this.cursor.target);
  }

  #tellSaved(silent) {
    this.silent = silent && this.ledger.outbox.length > 0;
    this.bar.save(this.ledger.outbox.length, this.silent);
  }

  #key(event) {
    event.stopPropagation(); // Streamlit listens for r and c on the whole page
    if (!this.paper || event.target.closest(".rk-picker")) return;
    const isButton = event.target.closest("button") && !event.target.closest(".rk-chip-name");
    if (isButton && (event.key === "Enter" || event.key === " ")) return;
    if (this.revising.key(event)) {
      event.preventDefault();
      return;
    }
    const command = commandOf(event);
    if (!command) return;
    event.preventDefault();
    this.pointer.hide();
    if (command.name === "type") this.pick(command.text);
    else if (command.name === "extend") this.cursor.extend(command.direction, command.unit);
    else this.act(command.name);
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
