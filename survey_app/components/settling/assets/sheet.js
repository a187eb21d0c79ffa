// How one difference looks: progress, the statement in its talk, what was given, what is chosen, the reason, the keys.

import { fill, make } from "../survey-app.desk/element.js";
import { isSame, offered, proposals } from "./choice.js";

const NARROW = 760;

export class Sheet {
  constructor(room) {
    this.words = room.words;
    this.room = room;
    const button = (name, text, keys) => make("button", {
      type: "button", class: "rk-button", text, title: keys ? `${text} (${keys})` : text, onclick: () => room.act(name),
    });
    this.meter = make("progress", { class: "rk-meter", "aria-label": this.words.progressName, max: 1, value: 0 });
    this.progress = make("span", { class: "rk-progress" });
    this.state = make("span", { class: "rk-saved" });
    this.where = make("p", { class: "rk-set-where" });
    this.before = make("div", { class: "rk-set-near" });
    this.after = make("div", { class: "rk-set-near" });
    this.text = make("p", { class: "rk-set-text", tabindex: 0 });
    this.given = make("ol", { class: "rk-set-given", "aria-label": this.words.given });
    this.decided = make("p", { class: "rk-set-decided" });
    this.chosen = make("div", { class: "rk-set-chosen", role: "group", "aria-label": this.words.chosen });
    this.reason = make("textarea", {
      class: "rk-set-reason", rows: 2, maxlength: room.doc.most, "aria-label": this.words.reason,
      placeholder: this.words.reasonHow, oninput: () => room.note(),
    });
    this.notes = make("div", { class: "rk-set-notes", role: "alert" });
    this.said = make("div", { class: "rk-said", role: "status" });
    this.keys = make("dl", { class: "rk-set-keys", hidden: true },
      ...this.words.keys.flatMap(([keys, text]) => [make("dt", { text: keys }), make("dd", { text })]));
    this.more = make("button", {
      type: "button", class: "rk-button", "aria-expanded": "true", text: this.words.around, onclick: () => this.unfold(),
    });
    this.node = make(
      "section", { class: "rk-set", "aria-label": this.words.title },
      make("div", { class: "rk-bar" },
        button("previous", "↑", "k"), button("next", "↓", "j"), button("nextWaiting", this.words.nextWaiting, "n"),
        button("search", this.words.search, "/"), button("mix", this.words.mix, "m"), button("anchor", this.words.anchor, "x"),
        button("undo", this.words.undo, "u"), this.more, button("help", this.words.keysName, "?"),
        make("span", { class: "rk-state" }, this.meter, this.progress, this.state)),
      this.keys,
      make("div", { class: "rk-set-body" },
        make("div", { class: "rk-set-talk" }, this.before, this.where, this.text, this.after),
        make("div", { class: "rk-set-side" }, this.given, this.decided, this.chosen, this.reason,
          make("button", { type: "button", class: "rk-button is-main", text: this.words.store, onclick: () => room.store() }),
          this.notes)),
      this.said,
    );
    if (innerWidth < NARROW) this.unfold(); // on a phone the statement comes first
  }

  /** Show the room as it is. */
  show(room) {
    const { doc, at, seen } = room;
    const done = doc.items.filter((item) => room.isSettled(item, seen)).length;
    this.meter.max = Math.max(1, doc.items.length);
    this.meter.value = done;
    this.progress.textContent = fill(this.words.progress, { k: done, n: doc.items.length });
    this.#talk(doc, at);
    this.#proposals(room);
    this.#decided(room, seen.get(at));
    this.#chosen(room);
  }

  /** Say to those who listen where they are, or one sentence. */
  say(room, sentence = "") {
    const { doc, at, given } = room;
    const place = fill(this.words.place, { k: doc.items.indexOf(at) + 1, n: doc.items.length });
    const told = proposals(given, room.coders).map(({ codes, coders }, index) =>
      `${index + 1}: ${this.#names(coders)}, ${codes.map((code) => this.#title(code)).join(", ") || this.words.noCode}`);
    this.said.textContent = sentence || [place, ...told].join(". ");
  }

  note(text) {
    this.notes.textContent = text;
  }

  clear() {
    this.notes.textContent = "";
  }

  help(open = this.keys.hidden) {
    this.keys.hidden = !open;
  }

  /** Show or hide what was said around the statement. */
  unfold() {
    const open = this.before.hidden;
    this.before.hidden = this.after.hidden = !open;
    this.more.setAttribute("aria-expanded", String(open));
  }

  /** Say what is on the server's disk. */
  saved(waiting, silent) {
    this.state.classList.toggle("is-late", silent);
    this.state.dataset.waiting = waiting;
    if (!waiting) this.state.textContent = this.words.saved;
    else this.state.textContent = silent ? fill(this.words.unsaved, { n: waiting }) : this.words.saving;
  }

  #talk(doc, at) {
    const { before, after } = doc.around[at];
    const here = doc.statements[at];
    this.where.replaceChildren(...this.#speaker(here), make("span", { text: [here.source, here.label, here.time].filter(Boolean).join(" · ") }));
    this.text.textContent = here.text;
    this.text.lang = here.language;
    this.before.replaceChildren(...before.map((id) => this.#near(doc.statements[id])));
    this.after.replaceChildren(...after.map((id) => this.#near(doc.statements[id])));
  }

  #near({ who, text, language }) {
    return make("p", { lang: language }, who ? make("b", { text: `${who}: ` }) : "", text);
  }

  #speaker({ who, group, colour }) {
    const name = who ? [make("b", { text: who })] : [];
    return group ? [...name, make("span", { class: "rk-group", "--group": colour, text: group })] : name;
  }

  #proposals(room) {
    const rows = proposals(room.given, room.coders).map(({ codes, coders }, index) => make(
      "li", {},
      make("button", {
        type: "button", class: "rk-set-proposal", "aria-pressed": String(isSame(room.choice, codes)),
        onclick: () => room.act("number", index + 1) || room.home(), disabled: room.mixing,
      },
      make("kbd", { text: room.mixing ? "" : index + 1 }), make("b", { text: this.#names(coders) }),
      make("span", { class: "rk-set-codes" }, ...this.#codes(codes))),
    ));
    const nothing = make("li", {}, make("button", {
      type: "button", class: "rk-set-proposal", "aria-pressed": String(isSame(room.choice, [])),
      onclick: () => room.choose({}) || room.home(),
    }, make("kbd", { text: 0 }), make("b", { text: this.words.nothing })));
    this.given.replaceChildren(...rows, nothing);
  }

  #codes(codes) {
    return codes.length ? codes.map((code) => this.#chip(code)) : [make("i", { text: this.words.noCode })];
  }

  #chip(code) {
    const known = this.room.codebook.get(code);
    return make("span", { class: "rk-set-chip", "--code": known.colour, title: this.#title(code) },
      make("b", { text: known.short }), ` ${this.room.codebook.nameOf(known)}`);
  }

  #decided(room, decision) {
    this.decided.replaceChildren();
    const before = room.doc.before[room.at];
    if (decision) {
      const who = decision.how === "agreed" ? this.words.allAgreed : fill(this.words.decidedBy, { who: this.#names([decision.who]) });
      this.decided.append(make("b", { text: who }), " ", ...this.#codes(decision.codes), ` ${decision.reason}`);
    } else if (before?.length) {
      this.decided.append(make("b", { text: this.words.broughtIn }), " ", ...this.#codes(before));
    }
    this.decided.hidden = !decision && !before?.length;
  }

  #chosen(room) {
    const codes = room.mixing ? offered(room.given, room.coders, room.choice) : Object.keys(room.choice ?? {});
    const toggles = codes.map((code, index) => {
      const on = room.choice?.[code] !== undefined;
      return make("button", {
        type: "button", class: "rk-set-toggle", "aria-pressed": String(on), onclick: () => room.toggle(code),
      }, room.mixing ? make("kbd", { text: index + 1 }) : "", this.#chip(code));
    });
    const head = room.choice ? make("b", { text: this.words.chosen }) : make("span", { text: this.words.chooseFirst });
    const empty = room.choice && !Object.keys(room.choice).length ? make("i", { text: this.words.nothing }) : "";
    this.chosen.replaceChildren(room.mixing ? make("span", { text: this.words.mixHow }) : head, ...toggles, empty);
  }

  #names(coders) {
    const named = new Map(this.room.doc.coders.map(({ key, name }) => [key, name]));
    return coders.map((key) => named.get(key) ?? key).join(", ");
  }

  #title(code) {
    return this.room.codebook.titleOf(this.room.codebook.get(code));
  }
}
