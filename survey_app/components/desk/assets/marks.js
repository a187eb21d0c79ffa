// What a coder says besides codes: flags and values of statements, memos. Shown beside the text, set by keys.

import { make } from "./element.js";
import { Memo } from "./memo.js";

const KEYS = "123456789abcdefghijklmnopqrstuvwxyz";

export class Marks {
  constructor(desk) {
    this.desk = desk;
    this.marked = new Map();
    this.memo = new Memo(desk.words, {
      onSave: (mark) => desk.may("memo") && this.#set("memo", mark), onClose: () => desk.home(),
    });
  }

  /** Show what is set now; only rows whose marks have changed are touched. */
  show() {
    const before = this.marked;
    this.marked = this.desk.ledger.marked();
    const changed = new Set();
    for (const [name, mark] of this.marked) if (before.get(name)?.text !== mark.text) changed.add(mark.about);
    for (const [name, mark] of before) if (!this.marked.has(name)) changed.add(mark.about);
    if (!changed.size) return false;
    const byAbout = grouped(this.marked);
    for (const row of this.desk.paper.rows) {
      const codings = [...row.codings.keys()];
      if (!row.statement || ![row.statement.id, ...codings].some((id) => changed.has(id))) continue;
      this.#paint(row, byAbout.get(row.statement.id) ?? [], codings.flatMap((id) => byAbout.get(id) ?? []));
    }
    return true;
  }

  /** The text of a mark, or "". */
  get(kind, about, name = "") {
    return this.marked.get(`${kind} ${about} ${name}`)?.text ?? "";
  }

  /** Flag the current statement, or take the flag away. */
  flag() {
    const id = this.#statement();
    if (id) this.#set("flag", { about: id, text: this.get("flag", id) ? "" : "1" });
  }

  /** Choose an attribute of the current statement by its key, then its value; then the next one. */
  attributes() {
    const { palette, codebook, words } = this.desk;
    const id = this.#statement();
    if (!id) return;
    const entries = codebook.attributes.map((attribute, index) => ({
      key: KEYS[index] ?? "", text: attribute.label, detail: this.#named(attribute, this.get("value", id, attribute.key)),
      attribute,
    }));
    palette.ask({
      title: words.attributes, hint: words.attributesHow, entries, byKeys: true,
      onPick: ({ attribute }) => this.#value(id, attribute),
    });
  }

  /** Write a memo on the chosen coding, or on the current statement. */
  note() {
    const { chips, cursor, words } = this.desk;
    const coding = document.activeElement?.closest(".rk-chip") ? chips.chosen() : null;
    if (coding) this.#write("coding", coding.id, words.memoCoding, cursor.row);
    else if (this.#statement()) this.#write("statement", this.#statement(), words.memoStatement, cursor.row);
  }

  /** Choose what else to write a memo on. */
  noteOn() {
    const { palette, words, codebook, chips, cursor, paper } = this.desk;
    const speaker = cursor.row ? paper.doc.speakers[cursor.row.turn.speaker] : null;
    const { ids } = paper.doc;
    const things = [
      { text: words.memoSource, about: "source", id: ids.source },
      { text: words.memoStudy, about: "study", id: ids.study },
      ...(speaker?.expert ? [{ text: `${words.memoExpert}: ${speaker.name}`, about: "expert", id: speaker.expert }] : []),
      ...chips.here().map((coding) => ({
        text: `${words.memoCode}: ${codebook.titleOf(codebook.get(coding.code))}`, about: "code", id: coding.code,
      })),
      ...codebook.codes.map((code) => ({
        text: `${words.memoCode}: ${codebook.titleOf(code)}`, about: "code", id: code.id,
      })),
    ];
    const once = things.filter((thing, index) => things.findIndex((each) => each.id === thing.id) === index);
    palette.ask({
      title: words.memoOn,
      entries: once.map((thing) => ({ ...thing, detail: this.get("memo", thing.id, thing.about) })),
      onPick: (thing) => this.#write(thing.about, thing.id, thing.text, cursor.row),
    });
  }

  /** The values that an attribute can have: those of the codebook, else those that the coder has given here. */
  valuesOf(attribute) {
    if (attribute.values.length) return attribute.values;
    const given = [...this.marked.values()].filter(({ kind, name }) => kind === "value" && name === attribute.key);
    return [...new Set(given.map(({ text }) => text))].sort().map((text) => ({ key: text, label: text }));
  }

  #statement() {
    const { cursor, bar, words } = this.desk;
    if (!cursor.row?.statement) bar.note(words.nothingChosen);
    return cursor.row?.statement?.id ?? null;
  }

  #value(id, attribute) {
    const { palette, words } = this.desk;
    const set = (text) => {
      this.#set("value", { about: id, label: attribute.key, text });
      this.attributes();
    };
    const present = this.get("value", id, attribute.key);
    if (attribute.values.length) {
      const values = attribute.values.map(({ key, label }, index) => ({ key: KEYS[index], text: label, value: key }));
      palette.ask({
        title: attribute.label, byKeys: true,
        entries: [...values, ...(present ? [{ key: "0", text: words.noValue, value: "" }] : [])],
        onPick: ({ value }) => set(value),
      });
      return;
    }
    palette.ask({
      title: attribute.label, hint: words.openHow, typed: present, free: set,
      entries: this.valuesOf(attribute).map(({ label }) => ({ text: label })), onPick: ({ text }) => set(text),
    });
  }

  /** Give back the words of a memo that the server has refused: into the field, where they can be copied. */
  giveBack({ about, label, text, seen }) {
    if (this.memo.isOpen || !text.trim()) return;
    const { words, paper, cursor } = this.desk;
    const titles = {
      coding: words.memoCoding, statement: words.memoStatement, source: words.memoSource, study: words.memoStudy,
      expert: words.memoExpert, code: words.memoCode,
    };
    const row = paper.rows.find((each) => each.statement?.id === about || each.codings.has(about)) ?? cursor.row;
    const mark = { mark: { about, label }, title: titles[label] ?? "", text: seen ?? "", typed: text };
    this.memo.resume(mark, row?.node ?? paper.node);
  }

  #write(about, id, title, row) {
    this.memo.open({ about: id, label: about }, title, this.get("memo", id, about), row?.node ?? this.desk.paper.node);
  }

  #set(kind, { about, label = "", text, seen = null }) {
    const sent = this.desk.send({ do: kind, about, label, text, ...(seen === null ? {} : { seen }) });
    this.show();
    return sent;
  }

  #named(attribute, value) {
    return attribute.values.find(({ key }) => key === value)?.label ?? value;
  }

  #paint(row, own, onCodings) {
    const { codebook, words } = this.desk;
    const shown = [];
    if (own.some(({ kind }) => kind === "flag")) shown.push(make("span", { class: "rk-flag", text: `⚑ ${words.flagged}` }));
    for (const attribute of codebook.attributes) {
      const value = own.find(({ kind, name }) => kind === "value" && name === attribute.key);
      if (value) {
        const text = `${attribute.label}: ${this.#named(attribute, value.text)}`;
        shown.push(make("span", { class: "rk-value", text, title: text }));
      }
    }
    for (const memo of [...own, ...onCodings].filter(({ kind }) => kind === "memo")) {
      shown.push(make("span", { class: "rk-memo-mark", text: `✎ ${memo.text}`, title: memo.text }));
    }
    row.marks.replaceChildren(...shown);
    row.node.classList.toggle("is-flagged", own.some(({ kind }) => kind === "flag"));
  }
}

function grouped(marks) {
  const found = new Map();
  for (const mark of marks.values()) found.set(mark.about, [...(found.get(mark.about) ?? []), mark]);
  return found;
}
