// Around the text: the tool bar with progress and what is saved, the keys, sentences about what went wrong.

import { fill, make } from "./element.js";
import { offers } from "./terms.js";

export class Bar {
  /** `onDo(name)` is called with the command of a button. */
  constructor(words, onDo) {
    this.words = words;
    const button = (name, text, label, keys) =>
      make("button", {
        type: "button", class: "rk-button", "data-do": name, text, "aria-label": text === label ? null : label,
        title: keys ? `${label} (${keys})` : label,
      });
    this.meter = make("progress", { class: "rk-meter", "aria-label": words.progressName, max: 1, value: 0 });
    this.progress = make("span", { class: "rk-progress" });
    this.saved = make("span", { class: "rk-saved" });
    this.look = button("nextLook", "", words.lookAtLong, "!");
    this.look.hidden = true;
    this.look.removeAttribute("aria-label"); // its words count, and say enough
    this.help = button("help", "?", words.keys, "?");
    this.help.setAttribute("aria-expanded", "false");
    this.node = make(
      "div",
      { class: "rk-bar", role: "group", "aria-label": words.tools, onmousedown: (event) => event.preventDefault() },
      button("menu", "☰", words.menu, words.spaceBar),
      button("pick", words.code, words.code, "Enter"),
      button("nextUncoded", words.nextUncoded, words.nextUncoded, "n"),
      button("readToHere", words.readToHere, words.readToHereLong, "m"),
      button("split", words.split, words.splitLong, "Ctrl+Enter"),
      button("merge", words.merge, words.mergeLong, "Ctrl+Shift+Enter"),
      button("edit", words.edit, words.editLong, "F2"),
      button("others", words.others, words.othersLong, "-"),
      button("filter", words.filter, words.filterLong, "/"),
      button("undo", "↶", words.undo, "Ctrl+Z"),
      button("redo", "↷", words.redo, "Ctrl+Shift+Z"),
      this.help,
      this.look,
      make("span", { class: "rk-state" }, this.meter, this.progress, this.saved),
    );
    this.node.addEventListener("click", (event) => {
      const name = event.target.closest("[data-do]")?.dataset.do;
      if (name) onDo(name);
    });
    this.recent = make("div", {
      class: "rk-recent", role: "group", "aria-label": words.recentCodes,
      onmousedown: (event) => event.preventDefault(),
      onclick: (event) => {
        const place = event.target.closest("button")?.dataset.place;
        if (place) onDo("recent", Number(place));
      },
    });
    this.closed = make("p", { class: "rk-closed", role: "status", hidden: true });
    this.notes = make("div", { class: "rk-notes", role: "alert" });
    this.said = make("div", { class: "rk-said", role: "status" });
    this.keys = make(
      "div",
      { class: "rk-keys", role: "dialog", "aria-label": words.keys, hidden: true, tabindex: 0 },
    );
    this.rules = make("div", { class: "rk-keys rk-rules", role: "dialog", "aria-label": words.rules, hidden: true, tabindex: 0 });
  }

  /** Say how far the coder is. */
  count(looked, total, sentence) {
    this.meter.max = Math.max(1, total);
    this.meter.value = looked;
    this.progress.textContent = fill(sentence || this.words.progress, { k: looked });
  }

  /** Offer what the coder's terms offer, and say why nothing may be changed. */
  keepTo(terms) {
    for (const button of this.node.querySelectorAll("[data-do]")) {
      if (button !== this.look) button.hidden = !offers(terms, button.dataset.do);
    }
    this.closed.textContent = terms.closed;
    this.closed.hidden = !terms.closed;
    const { words } = this;
    const named = words.commands.filter(([name, keys]) => keys && offers(terms, name)).map(([, keys, text]) => [keys, text]);
    const general = words.help.filter(([, , name]) => !name || offers(terms, name));
    this.keys.replaceChildren(
      make("dl", {}, ...[...general, ...named].flatMap(([keys, text]) => [make("dt", { text: keys }), make("dd", { text })])),
    );
  }

  /** Say whether codes of other coders are shown. */
  press(name, on) {
    this.node.querySelector(`[data-do="${name}"]`).setAttribute("aria-pressed", String(on));
  }

  /** Say what is on the server's disk: 0 operations waiting, some on their way, or some without an answer. */
  save(waiting, silent) {
    this.saved.classList.toggle("is-late", silent);
    this.saved.dataset.waiting = waiting;
    if (!waiting) this.saved.textContent = this.words.saved;
    else this.saved.textContent = silent ? fill(this.words.unsaved, { n: waiting }) : this.words.saving;
  }

  /** Offer the codes used last, each with its digit. */
  offer(codes, codebook) {
    this.recent.replaceChildren(...codes.map((code, index) => make(
      "button", { type: "button", class: "rk-quick", "data-place": index, "--code": code.colour, tabindex: -1,
        title: codebook.titleOf(code) },
      make("kbd", { text: index + 1 }), make("b", { text: code.short }), make("span", { text: codebook.nameOf(code) }),
    )));
  }

  /** Show the rules of coding, or hide them; returns whether they are shown. */
  showRules(rules, on = this.rules.hidden) {
    this.rules.hidden = !on;
    if (!on) return false;
    this.rules.replaceChildren(
      make("h2", { text: this.words.rules }), make("ol", {}, ...rules.map((text) => make("li", { text }))),
    );
    this.rules.focus();
    return true;
  }

  /** A sentence for those who listen instead of looking. */
  say(sentence) {
    this.said.textContent = sentence;
  }

  /** A sentence that stays until it is closed or replaced; `action` is an optional {text, act}. */
  note(sentence, action = null) {
    const close = () => this.notes.replaceChildren();
    this.notes.replaceChildren(
      make("p", { text: sentence }),
      ...(action ? [make("button", { type: "button", class: "rk-button", text: action.text,
        onclick: () => { close(); action.act(); } })] : []),
      make("button", { type: "button", class: "rk-button", text: "×", "aria-label": this.words.close, onclick: close }),
    );
  }

  /** Take the sentence away, if there is one. */
  clear() {
    this.notes.replaceChildren();
  }

  /** Show the keys, or hide them; returns whether they are shown. */
  showKeys(on = this.keys.hidden) {
    this.keys.hidden = !on;
    this.help.setAttribute("aria-expanded", String(on));
    if (on) this.keys.focus();
    return on;
  }
}
