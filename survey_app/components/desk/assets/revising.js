// Acts on the text itself: split a statement, merge two, correct the words of a turn.

import { Editor } from "./editor.js";
import { make } from "./element.js";
import { Splitter } from "./split.js";
import { offers } from "./terms.js";

export class Revising {
  constructor(desk) {
    this.desk = desk;
    const { words } = desk;
    this.splitter = new Splitter((row, span) => desk.paper.paint(row, span));
    this.editor = new Editor(words, {
      onSave: (turn, text, revision) => desk.may("edit") && desk.send({ do: "correct", turn: turn.index, text, revision }),
      onClose: () => desk.home(),
      onAsk: () => desk.bar.note(words.unsavedWords),
    });
    this.pen = make("button", {
      type: "button", class: "rk-pen rk-button", text: "✎", tabindex: -1, "aria-label": words.editLong,
      title: words.editLong, onclick: (event) => this.edit(Number(event.target.closest(".rk-turn").dataset.turn)),
    });
    if (desk.paper.doc.correctable) desk.scroll.addEventListener("mouseover", (event) => this.#lendPen(event));
  }

  /** Split the current statement: at the selected words, or where the coder then chooses. */
  split() {
    const { cursor, bar, words } = this.desk;
    const { row, target } = cursor;
    if (!row?.statement) return bar.note(words.nothingChosen);
    const within = target && target.start >= row.start && target.end <= row.end;
    const at = within ? (target.start > row.start ? target.start : target.end) : row.end;
    if (at < row.end) return this.#send(row, at);
    if (!this.splitter.open(row, cursor.caret(row))) return bar.note(words.oneWord);
    row.node.scrollIntoView({ block: "center" });
    return bar.note(words.splitHow, { text: words.splitHere, act: () => this.#take() });
  }

  /** Join the current statement with the next one of its turn. */
  merge() {
    const { cursor, paper, bar, words } = this.desk;
    const { row } = cursor;
    if (!row?.statement) return bar.note(words.nothingChosen);
    const next = paper.rows.find((each) => each.statement && each.start > row.start);
    if (!next || next.turn !== row.turn) return bar.note(words.lastOfTurn);
    cursor.release();
    return this.desk.send({ do: "merge", statements: [row.statement.id] });
  }

  /** Lay a field over the words of a turn: that of `index`, or the one where the coder is. */
  edit(index = this.desk.cursor.row?.turn.index) {
    const { paper, bar, words } = this.desk;
    if (!this.desk.may("edit")) return undefined;
    if (!paper.doc.correctable) return bar.note(words.notCorrectable);
    const turn = paper.doc.turns.find((each) => each.index === index);
    if (!turn) return bar.note(words.nothingChosen);
    if (this.editor.isOpen) return this.editor.field.focus();
    this.splitter.close();
    this.desk.pointer.hide();
    return this.editor.open(turn, paper.turns.get(turn.index), paper.doc.revision);
  }

  /** A key while a place to split at is being chosen; returns whether it was for that. */
  key(event) {
    if (!this.splitter.isOpen || event.target.closest("button")) return false;
    const direction = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (direction) this.splitter.move(direction, event.shiftKey || event.ctrlKey || event.metaKey);
    else if (event.key === "Enter") this.#take();
    else if (["Shift", "Control", "Alt", "Meta"].includes(event.key)) return true;
    else {
      this.close();
      return event.key === "Escape";
    }
    return true;
  }

  /** No place to split at is being chosen any more. */
  close() {
    if (!this.splitter.isOpen) return;
    this.splitter.close();
    this.desk.bar.clear();
  }

  /** What is being typed, so that it outlives a text that comes anew; null when nothing is. */
  keep() {
    const { editor } = this;
    if (!editor.isOpen) return null;
    return { index: editor.turn.index, typed: editor.field.value, revision: editor.revision, sent: editor.sent };
  }

  /** Go on typing over the new text, as seen in the old one: the server knows whether the turn has changed since. */
  resume(kept) {
    const { paper } = this.desk;
    const turn = paper.doc.turns.find((each) => each.index === kept.index);
    if (!turn) return;
    this.editor.open(turn, paper.turns.get(turn.index), kept.revision, kept.typed);
    this.editor.sent = kept.sent;
  }

  #take() {
    const { row, at } = this.splitter.take();
    this.desk.bar.clear();
    this.#send(row, at);
  }

  #send(row, at) {
    const { cursor, paper } = this.desk;
    cursor.release();
    this.desk.send({ do: "split", statements: [row.statement.id], start: at, revision: paper.doc.revision });
  }

  #lendPen(event) {
    if (!offers(this.desk.terms, "edit")) return;
    const side = event.target.closest?.(".rk-turn")?.querySelector(".rk-side");
    if (side && this.pen.parentElement !== side) side.append(this.pen);
  }
}
