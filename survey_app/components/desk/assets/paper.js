// The text as it lies on the desk: sections of turns, a row for each statement, its codings painted on it.

import { make } from "./element.js";
import { slice } from "./offsets.js";
import { blocks, cut, indexAt, lanes, touch } from "./segments.js";

const TURNS_IN_A_SECTION = 40; // the browser skips the layout of sections that are out of sight
const DEEPEST_LANE = 4;

export class Paper {
  /** Lay out a document, without codings yet. */
  constructor(doc, codebook, words) {
    Object.assign(this, { doc, codebook, words });
    this.rows = [];
    const anonymous = doc.speakers.every((speaker) => !speaker.name);
    this.node = make("div", { class: anonymous ? "rk-sheet is-anonymous" : "rk-sheet", lang: doc.language });
    this.turns = new Map(); // by index: the element of each turn
    const statements = new Map();
    for (const statement of doc.statements) {
      if (!statements.has(statement.turn)) statements.set(statement.turn, []);
      statements.get(statement.turn).push(statement);
    }
    for (let first = 0; first < doc.turns.length; first += TURNS_IN_A_SECTION) {
      const turns = doc.turns.slice(first, first + TURNS_IN_A_SECTION);
      const section = make("div", { class: "rk-section" });
      section.append(...turns.map((turn) => this.#turn(turn, statements.get(turn.index) ?? [])));
      this.node.append(section);
    }
    this.stations = this.rows.filter((row) => row.statement && row.counted);
  }

  /** The row that holds code point `point`. */
  rowAt(point) {
    return this.rows[indexAt(this.rows, point)];
  }

  /** The row that an element belongs to, or null. */
  rowOf(node) {
    const element = (node?.nodeType === Node.ELEMENT_NODE ? node : node?.parentElement)?.closest?.(".rk-row");
    return element ? this.rows[Number(element.dataset.row)] : null;
  }

  /** Rows that a span touches. */
  rowsOf(span) {
    const found = [];
    for (let index = indexAt(this.rows, span.start); index < this.rows.length; index += 1) {
      if (this.rows[index].start >= span.end) break;
      if (touch(this.rows[index], span)) found.push(this.rows[index]);
    }
    return found;
  }

  /** Let a row know a coding that lies on it, or forget it. */
  place(coding, there) {
    for (const row of this.rowsOf(coding)) {
      if (there) row.codings.set(coding.id, coding);
      else row.codings.delete(coding.id);
    }
  }

  /** The same for a coding of another coder. */
  placeOther(coding, there) {
    for (const row of this.rowsOf(coding)) {
      if (there) row.others.set(coding.id, coding);
      else row.others.delete(coding.id);
    }
  }

  /** Paint one row with the codings on it; `target` is a span to mark as about to be coded, or null. */
  paint(row, target = null) {
    const here = [...row.codings.values()].sort(
      (a, b) => a.start - b.start || b.end - a.end || this.codebook.place(a.code) - this.codebook.place(b.code),
    );
    const whole = here.filter((coding) => coding.start <= row.start && coding.end >= row.end);
    const parts = here.filter((coding) => !whole.includes(coding));
    const lane = lanes(parts);
    const theirs = [...row.others.values()].filter((coding) => coding.start > row.start || coding.end < row.end);
    const beside = theirs.map(({ id, start, end }) => ({ start, end, other: id }));
    const spans = [...parts, ...beside, ...row.hits, ...(target && touch(target, row) ? [target] : [])];
    row.text.replaceChildren(
      ...cut(row.start, row.end, spans).map((stretch) => this.#stretch(row, stretch, whole, lane, target)),
    );
    row.stripes.replaceChildren(...whole.map((coding) => make("i", { "--code": this.codebook.get(coding.code).colour })));
    row.chips.replaceChildren(
      ...here.filter((coding) => this.rowsOf(coding)[0] === row).map((coding) => this.#chip(coding)),
    );
    this.#paintOthers(row);
    row.text.style.setProperty("--lanes", Math.min(DEEPEST_LANE, Math.max(0, ...lane.values())));
    const described = [here.length && row.chips.id, row.others.size && row.theirs.id].filter(Boolean).join(" ");
    if (described) row.text.setAttribute("aria-describedby", described);
    else row.text.removeAttribute("aria-describedby");
    row.node.classList.toggle("is-coded", here.length > 0);
    row.node.classList.toggle("is-whole", whole.length > 0);
    if (whole.length) row.node.style.setProperty("--code", this.codebook.get(whole[0].code).colour);
  }

  /** Rows of the turns around a row: as far as words and sentences are counted. */
  around(row) {
    const index = this.rows.indexOf(row);
    return this.rows.slice(Math.max(0, index - 3), index + 12);
  }

  /** Show or hide that a coding is the one pointed at. */
  light(coding, on) {
    for (const row of coding ? this.rowsOf(coding) : []) {
      const { id } = coding;
      const selector = `[data-on~="${id}"], [data-coding="${id}"], [data-others~="${id}"], [data-other="${id}"]`;
      for (const node of row.node.querySelectorAll(selector)) node.classList.toggle("is-lit", on);
    }
  }

  #turn(turn, statements) {
    const text = (start, end) => slice(turn.text, start - turn.start, end - turn.start);
    const speaker = this.doc.speakers[turn.speaker];
    const rows = blocks(turn, statements, text).map((block) => this.#row(turn, block, text));
    const side = make(
      "div",
      { class: "rk-side" },
      make("span", { class: "rk-name", text: speaker.name }),
      speaker.group ? make("span", { class: "rk-group", "--group": speaker.colour, text: speaker.group }) : null,
      turn.time ? make("time", { class: "rk-time", text: turn.time }) : null,
    );
    const node = make(
      "div",
      { class: turn.counted ? "rk-turn" : "rk-turn is-dim", "data-turn": turn.index },
      side,
      make("div", { class: "rk-blocks" }, ...rows),
    );
    this.turns.set(turn.index, node);
    return node;
  }

  #row(turn, block, text) {
    const row = { ...block, turn, counted: turn.counted, read: text, codings: new Map(), others: new Map(), hits: [] };
    row.text = make("p", { class: "rk-text", tabindex: block.statement ? -1 : null });
    row.text.append(make("span", { "data-at": block.start, text: text(block.start, block.end) }));
    row.stripes = make("div", { class: "rk-stripes", "aria-hidden": "true" });
    row.chips = make("div", { class: "rk-chips", id: `rk-chips-${this.rows.length}`, lang: this.words.language });
    row.theirs = make("div", { class: "rk-theirs", id: `rk-theirs-${this.rows.length}`, lang: this.words.language });
    row.marks = make("div", { class: "rk-marks", lang: this.words.language });
    const right = make("div", { class: "rk-right" }, row.chips, row.theirs, row.marks);
    row.node = make("div", { class: "rk-row", "data-row": this.rows.length }, row.stripes, row.text, right);
    this.rows.push(row);
    return row.node;
  }

  #stretch(row, { start, end, on }, whole, lane, target) {
    const coded = on.filter((span) => span.code);
    const node = make("span", { "data-at": start, text: row.read(start, end) });
    const ids = [...whole, ...coded].map((coding) => coding.id);
    if (ids.length) node.dataset.on = ids.join(" ");
    const others = on.filter((span) => span.other).map((span) => span.other);
    if (others.length) {
      node.dataset.others = others.join(" ");
      node.classList.add("is-others");
    }
    if (on.includes(target) && target) node.classList.add("is-target");
    if (on.some((span) => span.hit)) node.classList.add("is-hit");
    if (coded.length) {
      node.classList.add("rk-part");
      node.style.setProperty("--code", this.codebook.get(coded.at(-1).code).colour);
      this.#underline(node, coded, lane);
    }
    return node;
  }

  /** What other coders have put on a row, under their keys: to be read, not to be touched. */
  #paintOthers(row) {
    const here = [...row.others.values()].filter((coding) => this.rowsOf(coding)[0] === row);
    const order = (one, other) =>
      one.coder.localeCompare(other.coder) || one.start - other.start || this.codebook.place(one.code) - this.codebook.place(other.code);
    row.theirs.replaceChildren(...here.sort(order).map((coding) => {
      const code = this.codebook.get(coding.code);
      return make("span", { class: "rk-other", "--code": code.colour, "data-other": coding.id,
        title: `${coding.coder} · ${this.codebook.titleOf(code)}` },
        make("b", { text: coding.coder }), ` ${this.codebook.titleOf(code)}`);
    }));
  }

  /** One line under the words for each coding, in its lane, so that overlapping ones stay apart. */
  #underline(node, coded, lane) {
    const lines = coded.map((coding) => [this.codebook.get(coding.code).colour, Math.min(lane.get(coding), DEEPEST_LANE)]);
    const deepest = Math.max(...lines.map(([, depth]) => depth));
    node.style.paddingBottom = `${3 + 4 * deepest}px`;
    node.style.backgroundImage = lines.map(([colour]) => `linear-gradient(${colour}, ${colour})`).join(", ");
    node.style.backgroundPosition = lines.map(([, depth]) => `0 calc(100% - ${4 * (deepest - depth)}px)`).join(", ");
  }

  #chip(coding) {
    const code = this.codebook.get(coding.code);
    const name = this.codebook.titleOf(code);
    return make(
      "span",
      { class: coding.look ? "rk-chip needs-look" : "rk-chip", "--code": code.colour, "data-coding": coding.id },
      make(
        "button",
        { type: "button", class: "rk-chip-name", tabindex: -1, title: name },
        make("b", { text: code.short }),
        ` ${this.codebook.nameOf(code)}`,
        coding.look ? make("em", { text: ` · ${this.words.lookMark}` }) : null,
      ),
      make("button", {
        type: "button", class: "rk-chip-remove", tabindex: -1, text: "×",
        "aria-label": `${this.words.remove}: ${name}`, title: this.words.remove,
      }),
    );
  }
}
