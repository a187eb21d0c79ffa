// A list that is chosen from without the mouse: by a key of each entry, by arrows, or by typing a part of its name.

import { make } from "./element.js";
import { fold } from "./search.js";

let palettes = 0;

/** Entries that hold every word of a query, in their order. */
export function matching(entries, query) {
  const parts = fold(query).split(/\s+/).filter(Boolean);
  return entries.filter((entry) => parts.every((word) => fold(`${entry.text} ${entry.detail ?? ""}`).includes(word)));
}

/** The entry whose `key` was pressed, whatever the keyboard's layout; null if none. */
export function pressed(entries, { key, code }) {
  const letter = /^Key([A-Z])$/.exec(code ?? "")?.[1].toLowerCase();
  return entries.find((entry) => entry.key && (entry.key === key.toLowerCase() || entry.key === letter)) ?? null;
}

export class Palette {
  /** `onClose()` is told when it is gone and nothing follows it. */
  constructor(words, { onClose }) {
    Object.assign(this, { words, onClose, asked: null });
    this.id = `rk-palette-${++palettes}`;
    this.title = make("p", { class: "rk-palette-title" });
    this.input = make("input", {
      class: "rk-search", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": this.id,
      autocomplete: "off", spellcheck: "false", oninput: () => this.#list(),
    });
    this.list = make("ul", {
      class: "rk-entries", id: this.id, role: "listbox", tabindex: 0,
      onmousedown: (event) => event.preventDefault(), onclick: (event) => this.#click(event),
    });
    this.hint = make("p", { class: "rk-hint" });
    this.node = make(
      "div",
      { class: "rk-palette", role: "dialog", hidden: true, onkeydown: (event) => this.#key(event) },
      this.title, this.input, this.list, this.hint,
    );
    this.node.addEventListener("focusout", (event) => {
      if (this.isOpen && !this.node.contains(event.relatedTarget)) this.close();
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Ask: {title, entries | entriesFor(query), onPick(entry), byKeys, free, hint, typed}.
   *
   * `byKeys`: no typing, each entry has a `key`; `free(text)`: what Enter does with words that fit no entry.
   */
  ask(question) {
    this.asked = question;
    this.node.setAttribute("aria-label", question.title);
    this.title.textContent = question.title;
    this.input.hidden = Boolean(question.byKeys);
    this.input.setAttribute("aria-label", question.title);
    this.input.value = question.typed ?? "";
    this.hint.textContent = question.hint ?? "";
    this.hint.hidden = !question.hint;
    this.node.hidden = false;
    this.#list();
    (question.byKeys ? this.list : this.input).focus({ preventScroll: true });
    if (question.typed) this.input.select();
  }

  close(quietly = false) {
    if (!this.isOpen) return;
    this.node.hidden = true;
    this.asked = null;
    if (!quietly) this.onClose();
  }

  #list() {
    const { entries, entriesFor, byKeys } = this.asked;
    const query = this.input.value;
    this.found = entriesFor ? entriesFor(query) : byKeys ? entries : matching(entries, query);
    this.list.replaceChildren(...this.found.map((entry, index) => this.#entry(entry, index)));
    if (!this.found.length && !this.asked.free) {
      this.list.append(make("li", { class: "rk-none", role: "presentation", text: this.words.nothingFits }));
    }
    this.moved = false;
    this.#choose(0);
  }

  #entry(entry, index) {
    return make(
      "li",
      { class: "rk-entry", id: `${this.id}-${index}`, role: "option", "aria-selected": "false", "data-index": index,
        "--code": entry.colour ?? null },
      make("kbd", { text: entry.key ? entry.key.toUpperCase() : "" }),
      make("span", { class: "rk-entry-text", text: entry.text }),
      make("span", { class: "rk-entry-detail", text: entry.detail ?? "" }),
    );
  }

  #choose(index) {
    const options = this.list.querySelectorAll(".rk-entry");
    options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = Math.max(0, Math.min(index, options.length - 1));
    const option = options[this.chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    for (const owner of [this.input, this.list]) {
      if (option) owner.setAttribute("aria-activedescendant", option.id);
      else owner.removeAttribute("aria-activedescendant");
    }
  }

  #key(event) {
    event.stopPropagation();
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    const direct = this.asked.byKeys ? pressed(this.found, event) : null;
    if (step) {
      this.moved = true;
      this.#choose(this.chosen + step);
    } else if (direct) this.#pick(direct);
    else if (event.key === "Enter") this.#enter();
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #enter() {
    const { free } = this.asked;
    const typed = this.input.value.trim();
    const entry = this.found[this.chosen];
    if (free && (!entry || (typed && !this.moved))) {
      this.close(true);
      free(typed);
    } else if (entry) this.#pick(entry);
  }

  #pick(entry) {
    const { onPick } = this.asked;
    this.close(true);
    onPick(entry);
    const { activeElement } = document; // what was picked may have asked for the keyboard
    const isLost = activeElement === document.body || this.node.contains(activeElement);
    if (!this.isOpen && isLost) this.onClose();
  }

  #click(event) {
    const option = event.target.closest(".rk-entry");
    if (option) this.#pick(this.found[Number(option.dataset.index)]);
  }
}
