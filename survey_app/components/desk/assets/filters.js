// The bar of filters above the text: what is asked for, how many statements fit, and every hit in its line.

import { fill, make } from "./element.js";
import { asksFor, families, fits, hitsIn, inSight, lineOf, NOTHING } from "./filter.js";

const PATIENCE = 120; // milliseconds after the last letter

export class Filters {
  constructor(desk) {
    Object.assign(this, { desk, wanted: { ...NOTHING }, fitting: null, waiting: null });
    const { words } = desk;
    this.text = make("input", {
      class: "rk-search rk-filter-text", type: "search", placeholder: words.searchText, "aria-label": words.searchText,
      oninput: () => this.#soon(), onkeydown: (event) => this.#key(event),
    });
    this.fields = make("div", { class: "rk-fields", onchange: () => this.#read() });
    this.count = make("span", { class: "rk-count", role: "status" });
    const button = (text, act, name) => make("button", { type: "button", class: "rk-button", text, onclick: act, "data-filter": name });
    this.lines = button(words.concordance, () => this.toggleLines(), "lines");
    this.lines.setAttribute("aria-expanded", "false");
    this.all = button(words.codeHits, () => desk.act("codeHits"), "all");
    this.node = make(
      "div",
      { class: "rk-filters", role: "search", hidden: true, onkeydown: (event) => event.stopPropagation() },
      this.text, this.fields, this.count, this.lines, this.all,
      button(words.clearFilter, () => this.clear(), "clear"),
    );
    this.concordance = make("ol", {
      class: "rk-lines", hidden: true, "aria-label": words.concordance,
      onclick: (event) => this.#goTo(event.target.closest("button")),
    });
  }

  /** Show the bar; with `searching` the search field has the keyboard. */
  open(searching) {
    this.node.hidden = false;
    this.renew();
    this.#fill();
    (searching ? this.text : this.fields.querySelector("select")).focus();
  }

  /** What is asked for and shown, so that it outlives a text that comes anew. */
  keep() {
    const { activeElement } = document;
    return {
      wanted: this.wanted, open: !this.node.hidden, lines: !this.concordance.hidden,
      focus: activeElement === this.text ? "text" : (this.fields.contains(activeElement) ? activeElement.name : ""),
    };
  }

  /** Go on with what was kept; returns whether the keyboard is here. */
  resume({ wanted, open, lines, focus }) {
    if (!open) return false;
    this.wanted = wanted;
    this.text.value = wanted.text;
    this.node.hidden = false;
    this.#fill();
    this.apply();
    if (lines) this.toggleLines(true);
    const field = focus === "text" ? this.text : this.fields.querySelector(`[name="${focus || " "}"]`);
    field?.focus();
    return Boolean(field);
  }

  /** Offer the codes and values that there are now. */
  renew() {
    if (!this.fields.childElementCount) return;
    this.fields.replaceChildren();
    this.#fill();
  }

  /** Whether a row is among those that next and previous stop at. */
  has(row) {
    return !this.fitting || this.fitting.has(row);
  }

  /** Forget everything that was asked for, and hide the bar. */
  clear() {
    this.wanted = { ...NOTHING };
    this.text.value = "";
    this.apply();
    this.node.hidden = true;
    this.desk.home();
  }

  /** Ask for one thing from elsewhere. */
  ask(wanted) {
    this.wanted = { ...NOTHING, ...wanted };
    this.text.value = this.wanted.text;
    this.open(true);
    this.apply();
  }

  /** Find what fits, mark the hits and hide what is far from them. */
  apply() {
    const { paper, codebook, marks } = this.desk;
    const asked = asksFor(this.wanted);
    for (const row of paper.rows) {
      const hits = row.statement && row.counted ? hitsIn(row, this.wanted.text) : [];
      if (!hits.length && !row.hits.length) continue;
      row.hits = hits;
      paper.paint(row);
    }
    const context = {
      speakers: paper.doc.speakers, codes: families(codebook.codes), get: (...name) => marks.get(...name),
    };
    this.fitting = asked ? new Set(paper.stations.filter((row) => fits(row, this.wanted, context))) : null;
    const shown = asked ? inSight(paper.rows, this.fitting) : null;
    paper.node.classList.toggle("is-filtered", asked);
    for (const row of paper.rows) {
      row.node.classList.toggle("is-far", Boolean(shown) && !shown.has(row));
      row.node.classList.toggle("is-out", Boolean(shown) && !this.fitting.has(row));
    }
    for (const node of paper.turns.values()) {
      node.classList.toggle("is-far", Boolean(shown) && ![...node.querySelectorAll(".rk-row")].some((row) => !row.classList.contains("is-far")));
    }
    const [first] = this.rows;
    if (first) first.text.tabIndex = 0; // the keyboard reaches the text also while the coder's statement is hidden
    this.#tell();
  }

  /** Show or hide every hit in its line. */
  toggleLines(on = this.concordance.hidden) {
    this.concordance.hidden = !on;
    this.lines.setAttribute("aria-expanded", String(on));
    this.#lines();
  }

  /** The fitting rows in order. */
  get rows() {
    return this.desk.paper.stations.filter((row) => this.fitting?.has(row));
  }

  #tell() {
    const { words, paper } = this.desk;
    const found = this.fitting ? this.rows.length : 0;
    this.count.textContent = this.fitting ? fill(words.fitting, { k: found, n: paper.stations.length }) : "";
    this.all.disabled = !found;
    this.lines.disabled = !this.wanted.text;
    if (!this.concordance.hidden) this.#lines();
  }

  #lines() {
    const found = this.concordance.hidden ? [] : this.rows.flatMap((row) => row.hits.map((hit) => [row, hit]));
    const { paper, codebook } = this.desk;
    this.concordance.replaceChildren(...found.slice(0, 500).map(([row, hit]) => {
      const { left, hit: words, right } = lineOf(row, hit);
      const codes = [...row.codings.values()].map((coding) => codebook.get(coding.code).short).join(" ");
      return make("li", {}, make("button", { type: "button", "data-at": hit.start, tabindex: 0 },
        make("span", { class: "rk-line-who", text: paper.doc.speakers[row.turn.speaker].name }),
        make("span", { class: "rk-line-left" }, make("bdi", { text: left })), make("mark", { text: words }),
        make("span", { class: "rk-line-right", text: right }), make("span", { class: "rk-line-codes", text: codes })));
    }));
  }

  #goTo(button) {
    if (button) this.desk.goToRow(this.desk.paper.rowAt(Number(button.dataset.at)));
  }

  #fill() {
    if (this.fields.childElementCount) return;
    const { words, paper, codebook, marks } = this.desk;
    const { speakers, questions } = paper.doc;
    const here = [...new Set(paper.stations.map((row) => row.turn.speaker))].map((index) => speakers[index]);
    const select = (name, all, entries) =>
      make("select", { name, "aria-label": all }, make("option", { value: "", text: all }),
        ...entries.map(([value, text]) => make("option", { value, text })));
    const plain = (names) => [...new Set(names.filter(Boolean))].map((name) => [name, name]);
    const check = (name, text) => make("label", {}, make("input", { type: "checkbox", name }), ` ${text}`);
    this.fields.append(
      select("speaker", words.anySpeaker, plain(here.map((speaker) => speaker.name))),
      select("group", words.anyGroup, plain(here.map((speaker) => speaker.group))),
      select("question", words.anyQuestion, questions.map(({ key, ask }) => [key, `${key} ${ask}`.slice(0, 70)])),
      select("code", words.anyCode, codebook.codes.map((code) => [code.id, codebook.titleOf(code)])),
      select("value", words.anyValue, codebook.attributes.flatMap((attribute) => [
        [`${attribute.key}=`, `${attribute.label}: ${words.anyOfIt}`],
        ...marks.valuesOf(attribute).map(({ key, label }) => [`${attribute.key}=${key}`, `${attribute.label}: ${label}`]),
      ])),
      check("uncoded", words.onlyUncoded), check("flagged", words.onlyFlagged),
    );
    for (const field of this.fields.querySelectorAll("select")) field.value = this.wanted[field.name];
    for (const field of this.fields.querySelectorAll("input")) field.checked = this.wanted[field.name];
  }

  #soon() {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.#read(), PATIENCE);
  }

  #read() {
    const fields = Object.fromEntries([...this.fields.querySelectorAll("select")].map((field) => [field.name, field.value]));
    const checks = Object.fromEntries([...this.fields.querySelectorAll("input")].map((field) => [field.name, field.checked]));
    this.wanted = { ...NOTHING, ...fields, ...checks, text: this.text.value.trim() };
    this.apply();
  }

  #key(event) {
    if (event.key === "Escape") {
      if (this.text.value) {
        this.text.value = "";
        this.#read();
      } else this.clear();
    } else if (event.key === "Enter") {
      clearTimeout(this.waiting);
      this.#read();
      if (this.rows.length) this.desk.goToRow(this.rows[0]);
    } else return;
    event.preventDefault();
  }
}
