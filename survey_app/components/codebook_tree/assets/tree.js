// The tree of the codebook: what Streamlit mounts. It is called again whenever the server has something to say.
//
// Down: {codes, chosen, words}. Up: the trigger `act` = {n, do: "choose" | "name", code} or
// {n, do: "move", code, parent, before}.

import { make, mark } from "./element.js";
import { drop, grow, rowsOf, shift, spell, steer, zoneAt } from "./outline.js";

const RESTS_MS = 220; // a choice follows the keys once they rest, so that walking through costs nothing
const SPELLS_MS = 700;
const trees = new WeakMap(); // by the element that Streamlit gives us, since it calls us anew in the same place

export default function ({ data, parentElement, setTriggerValue }) {
  if (!trees.has(parentElement)) trees.set(parentElement, new Tree(parentElement));
  trees.get(parentElement).hear(data, (act) => setTriggerValue("act", act));
}

class Tree {
  constructor(parent) {
    Object.assign(this, { here: null, closed: new Set(), retired: false, letters: "", dragged: null, sent: 0, wantsName: null });
    this.find = make("input", { class: "rk-cb-find", type: "search", oninput: () => this.#draw(), onkeydown: (event) => this.#fromSearch(event) });
    this.toggle = make("button", { class: "rk-cb-toggle", type: "button", onclick: () => this.#toggleRetired() });
    this.list = make("div", {
      class: "rk-cb-list", role: "tree", onkeydown: (event) => this.#key(event), onclick: (event) => this.#click(event),
      ondragstart: (event) => this.#grab(event), ondragover: (event) => this.#over(event),
      ondragleave: () => this.#unmark(), ondrop: (event) => this.#letGo(event), ondragend: () => this.#release(),
    });
    this.none = make("p", { class: "rk-cb-none", role: "status" });
    this.hint = make("p", { class: "rk-cb-hint" });
    this.said = make("p", { class: "rk-cb-said", "aria-live": "polite" });
    const bar = make("div", { class: "rk-cb-bar" }, this.find, this.toggle);
    this.root = make("div", { class: "rk-cb" }, bar, this.list, this.none, this.hint, this.said);
    parent.append(this.root);
  }

  hear({ codes, chosen, words, stop, fixed }, send) {
    this.send = send;
    this.fixed = Boolean(fixed);
    this.words = words;
    this.tree = grow(codes);
    if (chosen !== this.chosen) {
      this.chosen = chosen;
      if (!this.list.contains(document.activeElement)) this.here = chosen;
    }
    if (!this.tree.byId.has(this.here)) this.here = chosen;
    if (this.tree.byId.get(chosen)?.archived) this.retired = true;
    this.find.placeholder = words.find;
    this.find.setAttribute("aria-label", words.find);
    this.list.setAttribute("aria-label", words.codes);
    this.hint.textContent = words.hint;
    this.said.textContent = stop ?? "";
    const away = codes.filter((code) => code.archived).length;
    this.toggle.hidden = !away;
    this.toggle.textContent = words.retired.replace("{n}", away);
    this.toggle.setAttribute("aria-pressed", String(this.retired));
    this.#draw();
    if (this.wantsName === chosen) this.#goToName();
  }

  #draw() {
    const hadFocus = this.list.contains(document.activeElement);
    this.rows = rowsOf(this.tree, { closed: this.closed, retired: this.retired, query: this.find.value });
    if (!this.rows.some(({ code }) => code.id === this.here)) this.here = this.rows[0]?.code.id ?? null;
    this.items = new Map(this.rows.map((row) => [row.code.id, this.#item(row)]));
    this.list.replaceChildren(...this.items.values());
    this.none.textContent = this.rows.length ? "" : this.words.none;
    if (hadFocus) this.items.get(this.here)?.focus({ preventScroll: true });
    this.items.get(this.here)?.scrollIntoView({ block: "nearest" });
  }

  #item({ code, level, place, of, below, open, found }) {
    const { words } = this;
    const name = make("span", { class: "rk-cb-name" }, ...mark(code.label, found ? this.find.value : ""));
    const item = make(
      "div",
      {
        class: `rk-cb-item${code.archived ? " is-away" : ""}${level === 1 ? " is-root" : ""}`,
        role: "treeitem", "data-id": code.id, "aria-level": level, "aria-posinset": place, "aria-setsize": of,
        "aria-expanded": below ? String(open) : null, "aria-selected": String(code.id === this.chosen),
        tabindex: code.id === this.here ? 0 : -1, draggable: String(!this.fixed), "--level": level, "--code": code.colour || "currentColor",
      },
      make("span", { class: "rk-cb-twist", "aria-hidden": "true", text: below ? (open ? "▾" : "▸") : "" }),
      make("span", { class: "rk-cb-dot", "aria-hidden": "true" }),
      code.short ? make("span", { class: "rk-cb-short", text: code.short }) : null,
      name,
    );
    if (level === 1) item.append(make("span", { class: "rk-cb-sign", title: words.polarity[code.polarity], role: "img", "aria-label": words.polarity[code.polarity], text: { negative: "−", positive: "+" }[code.polarity] ?? "○" }));
    if (code.archived) item.append(make("span", { class: "rk-cb-tag", text: words.away }));
    for (const tongue of code.missing) {
      item.append(make("span", { class: "rk-cb-tag is-missing", title: words.missing[tongue], role: "img", "aria-label": words.missing[tongue], text: tongue.toUpperCase() }));
    }
    if (level > 1) item.append(make("span", { class: "rk-cb-count", title: code.used, role: "img", "aria-label": code.used, text: String(code.codings) }));
    return item;
  }

  #key(event) {
    const at = this.rows.findIndex(({ code }) => code.id === this.here);
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      if (!event.key.startsWith("Arrow") || this.fixed) return;
      event.preventDefault();
      const put = shift(this.tree, this.here, event.key, this.retired);
      if (put) this.#move(this.here, put);
      else this.said.textContent = this.words.stays;
      return;
    }
    const way = steer(this.rows, at, event.key);
    if (way || event.key.startsWith("Arrow")) {
      event.preventDefault();
      if (way?.focus) this.#go(way.focus);
      else if (way) this.#unfold(way.open ?? way.close, Boolean(way.open));
    } else if (event.key === "F2" && !this.fixed) {
      event.preventDefault();
      this.#name();
    } else if (event.key === "Enter" || (event.key === " " && !this.letters)) {
      event.preventDefault();
      this.#choose(this.here);
    } else if (event.key.length === 1) {
      event.preventDefault();
      clearTimeout(this.spelling);
      this.letters += event.key;
      this.spelling = setTimeout(() => (this.letters = ""), SPELLS_MS);
      const found = spell(this.rows, at, this.letters);
      if (found) this.#go(found);
    }
  }

  #fromSearch(event) {
    if (event.key === "Escape" && this.find.value) {
      event.preventDefault();
      this.find.value = "";
      this.#draw();
    } else if (event.key === "ArrowDown" || event.key === "Enter") {
      event.preventDefault();
      const first = this.rows.find((row) => row.found) ?? this.rows[0];
      if (first) this.#go(first.code.id);
    }
  }

  #go(id) {
    this.items.get(this.here)?.setAttribute("tabindex", "-1");
    this.here = id;
    const item = this.items.get(id);
    item.setAttribute("tabindex", "0");
    item.focus();
    clearTimeout(this.choosing);
    this.choosing = setTimeout(() => this.#choose(id), RESTS_MS);
  }

  #click(event) {
    const item = event.target.closest(".rk-cb-item");
    if (!item) return;
    const row = this.rows.find(({ code }) => code.id === item.dataset.id);
    if (event.target.closest(".rk-cb-twist") && row.below) this.#unfold(row.code.id, !row.open);
    else {
      this.#go(row.code.id);
      this.#choose(row.code.id);
    }
  }

  #unfold(id, open) {
    if (open) this.closed.delete(id);
    else this.closed.add(id);
    this.#draw();
  }

  #toggleRetired() {
    this.retired = !this.retired;
    this.toggle.setAttribute("aria-pressed", String(this.retired));
    this.#draw();
  }

  #choose(id) {
    clearTimeout(this.choosing);
    if (id === this.chosen) return;
    this.chosen = id;
    for (const [each, item] of this.items) item.setAttribute("aria-selected", String(each === id));
    this.#tell({ do: "choose", code: id });
  }

  /** Go to the field of the code's name; where another code is on the page, once this one is. */
  #name() {
    this.wantsName = this.here;
    if (this.chosen === this.here) this.#goToName();
    else this.#choose(this.here);
  }

  #goToName() {
    const id = this.wantsName;
    const isAwaited = () => this.here === id && this.list.contains(document.activeElement);
    this.wantsName = null;
    const look = () => {
      const field = document.querySelector(`.st-key-code-${id} input[aria-label="${this.words.nameField}"]`);
      if (field) field.focus();
      else if (isAwaited()) setTimeout(look, 60);
    };
    look();
  }

  #move(id, { parent, before }) {
    clearTimeout(this.choosing);
    this.closed.delete(parent);
    this.here = id;
    this.#tell({ do: "move", code: id, parent, before });
  }

  #tell(act) {
    this.sent += 1;
    this.send({ n: this.sent, ...act });
  }

  #grab(event) {
    const item = event.target.closest?.(".rk-cb-item");
    if (!item) return;
    this.dragged = item.dataset.id;
    item.classList.add("is-dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.tree.byId.get(this.dragged).label);
  }

  #over(event) {
    this.#unmark();
    const put = this.#placeUnder(event);
    if (!put) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "move";
    put.item.classList.add(`is-${put.zone}`);
    this.marked = put.item;
  }

  #letGo(event) {
    const put = this.#placeUnder(event);
    if (!put) return;
    event.preventDefault();
    this.#move(this.dragged, put.place);
    this.#release();
  }

  #placeUnder(event) {
    const item = event.target.closest?.(".rk-cb-item");
    if (!item || !this.dragged) return null;
    const box = item.getBoundingClientRect();
    const zone = zoneAt((event.clientY - box.top) / box.height);
    const place = drop(this.tree, this.dragged, item.dataset.id, zone);
    return place && { item, zone, place };
  }

  #unmark() {
    this.marked?.classList.remove("is-before", "is-inside", "is-after");
    this.marked = null;
  }

  #release() {
    this.#unmark();
    this.items.get(this.dragged)?.classList.remove("is-dragged");
    this.dragged = null;
  }
}
