// The code picker: a search field and the codes that fit, recently used ones first.

import { make } from "./element.js";
import { findCodes } from "./search.js";

const TALL = 430; // pixels it would like to have
const SHORT = 230; // and needs
let pickers = 0;

export class Picker {
  /** `onPick(code)` is called with a code, while the picker is still open if it shall stay so; `onClose()` after it. */
  constructor(codebook, words, { onPick, onClose }) {
    Object.assign(this, { codebook, words, onPick, onClose });
    this.id = `rk-picker-${++pickers}`;
    this.input = make("input", {
      class: "rk-find", type: "text", role: "combobox", "aria-expanded": "true", "aria-controls": this.id,
      "aria-autocomplete": "list", "aria-label": words.find, placeholder: words.find, autocomplete: "off",
      spellcheck: "false", oninput: () => this.#list(), onkeydown: (event) => this.#key(event),
    });
    this.list = make("ul", {
      class: "rk-codes", id: this.id, role: "listbox", "aria-label": words.codes,
      onmousedown: (event) => event.preventDefault(), // the field keeps the keyboard
      onclick: (event) => this.#click(event),
      onmousemove: (event) => this.#hover(event),
    });
    this.about = make("p", { class: "rk-about" });
    this.node = make(
      "div",
      { class: "rk-picker", role: "dialog", "aria-label": words.pick, hidden: true },
      this.input, this.list, this.about,
      make("p", { class: "rk-hint", text: words.pickHint }),
    );
    this.node.addEventListener("focusout", (event) => {
      if (!this.node.contains(event.relatedTarget)) this.close();
    });
  }

  get isOpen() {
    return !this.node.hidden;
  }

  /** Open below (or above) a rectangle of the page, with `query` typed already. `used` are codes on this span. */
  open(query, place, used) {
    this.used = used;
    this.input.value = query;
    this.node.hidden = false;
    this.#list();
    this.#put(place);
    this.input.focus({ preventScroll: true });
  }

  close() {
    if (!this.isOpen) return;
    this.node.hidden = true;
    this.onClose();
  }

  /** On the side of the place where there is more room, so that the words to code stay in sight. */
  #put(place) {
    const frame = this.node.parentElement.getBoundingClientRect();
    const below = frame.bottom - place.bottom - 10;
    const above = place.top - frame.top - 10;
    const down = below >= TALL || below >= above;
    this.node.style.maxHeight = `${Math.max(SHORT, Math.min(TALL, down ? below : above))}px`;
    const { offsetHeight: height, offsetWidth: width } = this.node;
    const top = down ? place.bottom - frame.top + 6 : place.top - frame.top - height - 6;
    const left = place.left - frame.left;
    this.node.style.top = `${Math.max(4, Math.min(top, frame.height - height - 4))}px`;
    this.node.style.left = `${Math.max(4, Math.min(left, frame.width - width - 4))}px`;
  }

  #list() {
    this.found = findCodes(this.codebook.usable, this.input.value, this.codebook.recent());
    this.list.replaceChildren(...this.found.map((code, index) => this.#option(code, index)));
    if (!this.found.length) this.list.append(make("li", { class: "rk-none", role: "presentation", text: this.words.none }));
    this.#choose(0);
  }

  #option(code, index) {
    const used = this.used.has(code.id);
    return make(
      "li",
      {
        id: `${this.id}-${index}`, role: "option", "aria-selected": "false", "data-index": index, "--code": code.colour,
        class: "rk-code",
      },
      make("i", { "aria-hidden": "true" }),
      make("b", { text: code.short }),
      make("span", { class: "rk-code-name", text: this.codebook.nameOf(code) }),
      make("span", { class: "rk-code-other", text: used ? this.words.used : this.codebook.otherNameOf(code) }),
    );
  }

  #choose(index) {
    const options = this.list.querySelectorAll(".rk-code");
    options[this.chosen]?.setAttribute("aria-selected", "false");
    this.chosen = Math.max(0, Math.min(index, options.length - 1));
    const option = options[this.chosen];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
    const code = this.found[this.chosen];
    const example = code?.example ? `${this.words.anchorExample}: ${code.example}` : "";
    this.about.textContent = [code?.definition, example].filter(Boolean).join("\n");
  }

  #key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 }[event.key];
    if (step) this.#choose(this.chosen + step);
    else if (event.key === "Enter" && !event.isComposing) this.#pick(this.found[this.chosen], event.shiftKey);
    else if (event.key === "Escape") this.close();
    else return;
    event.preventDefault();
  }

  #pick(code, again) {
    if (!code) return;
    if (!again) this.close();
    this.onPick(code);
    if (!again || !this.isOpen) return;
    this.used.add(code.id);
    this.input.value = "";
    this.#list();
  }

  #click(event) {
    const option = event.target.closest(".rk-code");
    if (option) this.#pick(this.found[Number(option.dataset.index)], event.shiftKey);
  }

  #hover(event) {
    const option = event.target.closest(".rk-code");
    if (option && Number(option.dataset.index) !== this.chosen) this.#choose(Number(option.dataset.index));
  }
}
