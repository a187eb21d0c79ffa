// The words of a turn in a field over the turn itself. Nothing that was typed is lost before it is saved or thrown away.

import { make } from "./element.js";

export class Editor {
  /** `onSave(turn, text, revision)` sends it; `onClose()` is told when the field is gone; `onAsk()` before typed
   *  words are thrown away. */
  constructor(words, { onSave, onClose, onAsk }) {
    Object.assign(this, { words, onSave, onClose, onAsk, turn: null, asked: false });
    this.field = make("textarea", {
      class: "rk-field", "aria-label": words.editor, spellcheck: "true", oninput: () => this.#grow(),
    });
    const button = (text, act, main) =>
      make("button", { type: "button", class: main ? "rk-button is-main" : "rk-button", text, onclick: act });
    this.node = make(
      "div",
      { class: "rk-editor", onkeydown: (event) => this.#key(event) },
      this.field,
      make(
        "div",
        { class: "rk-editor-foot" },
        button(words.save, () => this.save(), true),
        button(words.leave, () => this.leave(true), false),
        make("span", { class: "rk-editor-hint", text: words.editorHow }),
      ),
    );
  }

  get isOpen() {
    return this.turn !== null;
  }

  /** Whether something is typed that was not sent. */
  get isChanged() {
    return this.isOpen && !this.sent && this.field.value.trim() !== this.turn.text.trim();
  }

  /** Lay the field over a turn ({index, text} and its element); `typed` is what was in it before the text came anew. */
  open(turn, node, revision, typed = turn.text) {
    Object.assign(this, { turn, revision, asked: false });
    this.place = node;
    node.classList.add("is-edited");
    node.append(this.node);
    this.field.value = typed;
    this.field.readOnly = false;
    this.field.lang = node.closest("[lang]")?.lang ?? "";
    this.#grow();
    this.field.focus({ preventScroll: true });
    this.node.scrollIntoView({ block: "nearest" });
  }

  /** Send what was typed; the field stays until the server has answered. */
  save() {
    if (this.field.value.trim() === this.turn.text.trim()) {
      this.close();
      return;
    }
    this.sent = this.onSave(this.turn, this.field.value, this.revision);
    this.field.readOnly = Boolean(this.sent);
  }

  /** The server has answered for operations: close when ours is among them, or give the field back when it was refused. */
  hear(settled, refused) {
    const ours = this.sent && settled.some((each) => each.client === this.sent.client && each.seq === this.sent.seq);
    if (!ours) return;
    const failed = refused.some((each) => each.client === this.sent.client && each.seq === this.sent.seq);
    this.sent = null;
    if (!this.isOpen) return;
    if (!failed) this.close();
    else {
      this.field.readOnly = false;
      this.field.focus({ preventScroll: true });
    }
  }

  /** Go without saving; with `surely` without a question. */
  leave(surely) {
    if (!surely && !this.asked && this.field.value.trim() !== this.turn.text.trim()) {
      this.asked = true;
      this.onAsk();
      return;
    }
    this.close();
  }

  close() {
    this.place.classList.remove("is-edited");
    this.node.remove();
    this.turn = null;
    this.onClose();
  }

  #key(event) {
    event.stopPropagation();
    const control = event.ctrlKey || event.metaKey;
    if (event.key === "Enter" && (control || event.target === this.field)) {
      if (!control) return event.preventDefault(); // a turn is one paragraph
      event.preventDefault();
      this.save();
    } else if (event.key === "Escape") {
      event.preventDefault();
      this.leave(false);
    } else if (event.target === this.field) this.asked = false;
  }

  #grow() {
    this.field.style.height = "auto";
    this.field.style.height = `${this.field.scrollHeight + 2}px`;
  }
}
