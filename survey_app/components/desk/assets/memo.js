// A memo in a field of its own, under what it is about. Nothing typed is thrown away without a question.

import { make } from "./element.js";

export class Memo {
  /** `onSave({about, label, text})` sends it; `onClose()` is told when the field is gone. */
  constructor(words, { onSave, onClose }) {
    Object.assign(this, { words, onSave, onClose, mark: null, asked: false });
    this.title = make("p", { class: "rk-palette-title" });
    this.field = make("textarea", { class: "rk-memo-field", rows: 4, spellcheck: "true", oninput: () => (this.asked = false) });
    this.how = make("span", { class: "rk-editor-hint", text: words.memoHow });
    const button = (text, act, main) =>
      make("button", { type: "button", class: main ? "rk-button is-main" : "rk-button", text, onclick: act });
    this.node = make(
      "div",
      { class: "rk-memo", role: "dialog", onkeydown: (event) => this.#key(event) },
      this.title, this.field,
      make("div", { class: "rk-editor-foot" }, button(words.save, () => this.save(), true),
        button(words.leave, () => this.close(), false), this.how),
    );
  }

  get isOpen() {
    return this.mark !== null;
  }

  /** Whether something is typed that was not saved. */
  get isChanged() {
    return this.isOpen && this.field.value.trim() !== this.text.trim();
  }

  /** Open it for {about, label} with the present words, at the end of an element. */
  open(mark, title, text, place) {
    if (this.isChanged) this.onSave(this.#written()); // the one that was open is not lost
    Object.assign(this, { mark, text, asked: false });
    this.title.textContent = title;
    this.node.setAttribute("aria-label", title);
    this.field.setAttribute("aria-label", title);
    this.field.value = text;
    this.how.textContent = this.words.memoHow;
    place.append(this.node);
    this.field.focus({ preventScroll: true });
    this.node.scrollIntoView({ block: "nearest" });
  }

  save() {
    const { isChanged } = this;
    if (isChanged && !this.onSave(this.#written())) return; // it may not be saved now: the words stay
    this.close();
  }

  /** What is sent: the words, and those that they were written over. */
  #written() {
    return { ...this.mark, text: this.field.value, seen: this.text };
  }

  close() {
    if (!this.isOpen) return;
    this.mark = null;
    this.node.remove();
    this.onClose();
  }

  /** What is being written, so that it outlives a text that comes anew. */
  keep() {
    return this.isOpen ? { mark: this.mark, title: this.title.textContent, text: this.text, typed: this.field.value } : null;
  }

  /** Go on writing at another place. */
  resume({ mark, title, text, typed }, place) {
    this.open(mark, title, text, place);
    this.field.value = typed;
  }

  #key(event) {
    event.stopPropagation();
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.save();
    else if (event.key === "Escape" && !this.asked && this.field.value.trim() !== this.text.trim()) {
      this.asked = true;
      this.how.textContent = this.words.unsavedWords;
    } else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }
}
