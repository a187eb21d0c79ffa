// The mouse and the finger: selecting words, pointing at codings, choosing and removing them by a click.

import { fill, make } from "./element.js";

export class Pointer {
  constructor(desk) {
    Object.assign(this, { desk, lit: [], last: null, under: null, finger: false, isDown: false });
    this.tip = make("div", { class: "rk-tip", "aria-hidden": "true", hidden: true });
    this.offered = make("button", {
      type: "button", class: "rk-offer rk-button", text: desk.words.code, tabindex: -1, hidden: true,
      onmousedown: (event) => event.preventDefault(), onclick: () => desk.act("pick"),
    });
    this.nodes = [this.tip, this.offered];
    const { scroll } = desk;
    scroll.addEventListener("pointerdown", (event) => (this.finger = event.pointerType === "touch"));
    // A selection may end anywhere in the window, also outside the text.
    scroll.addEventListener("mousedown", () => {
      this.isDown = true;
      addEventListener("mouseup", (event) => this.#up(event), { once: true });
    });
    scroll.addEventListener("click", (event) => this.#click(event));
    scroll.addEventListener("mousemove", (event) => this.#over(event));
    scroll.addEventListener("mouseleave", () => this.#leave());
    scroll.addEventListener("focusin", (event) => this.#focus(event));
    scroll.addEventListener("scroll", () => this.#leave(), { passive: true });
    const changed = () => {
      if (!scroll.isConnected) document.removeEventListener("selectionchange", changed);
      else if (this.finger && !desk.picker.isOpen && !getSelection().isCollapsed) this.offer(desk.cursor.take());
    };
    document.addEventListener("selectionchange", changed); // a finger's selection grows without a mouse button
  }

  /** The rectangle of a span on the screen: of its last line, or of the statement. */
  placeOf(span) {
    const row = this.desk.paper.rowAt(span.end - 1);
    const boxes = getSelection().isCollapsed ? [] : getSelection().getRangeAt(0).getClientRects();
    const box = row.text.getBoundingClientRect();
    const last = this.desk.cursor.target ? boxes[boxes.length - 1] : null;
    return { top: last?.top ?? box.top, bottom: last?.bottom ?? box.bottom, left: box.left };
  }

  /** Offer a button beside words that were selected. */
  offer(span) {
    this.offered.hidden = !span;
    if (!span) return;
    const frame = this.desk.root.getBoundingClientRect();
    const boxes = getSelection().getRangeAt(0).getClientRects();
    const box = boxes[boxes.length - 1];
    if (!box) return;
    this.offered.style.top = `${Math.min(box.bottom - frame.top + 4, frame.height - 40)}px`;
    this.offered.style.left = `${Math.max(4, Math.min(box.right - frame.left - 30, frame.width - 90))}px`;
  }

  /** Take the offer and the tip away. */
  hide() {
    this.offered.hidden = true;
    this.#leave();
  }

  #up(event) {
    const { cursor, paper } = this.desk;
    this.isDown = false;
    queueMicrotask(() => this.desk.catchUp());
    if (event.target.closest?.(".rk-chip")) return;
    const span = cursor.take();
    this.offer(span);
    const row = span ? paper.rowAt(span.start) : paper.rowOf(event.target);
    if (row?.statement) cursor.go(row, { focus: !span });
  }

  #click(event) {
    const { desk } = this;
    const chip = event.target.closest(".rk-chip");
    if (chip) {
      const coding = desk.seen.get(chip.dataset.coding);
      if (event.target.closest(".rk-chip-remove")) desk.chips.remove(coding);
      else desk.chips.choose(coding);
      return;
    }
    if (!getSelection().isCollapsed) return;
    const inner = this.#codingsAt(event.target).sort((a, b) => a.end - a.start - (b.end - b.start));
    if (!inner.length) return;
    const chosen = document.activeElement?.closest(".rk-chip")?.dataset.coding ?? this.last;
    const next = inner[(inner.findIndex((coding) => coding.id === chosen) + 1) % inner.length];
    this.last = next.id;
    desk.chips.choose(next);
  }

  #over(event) {
    if (event.target === this.under || !(event.movementX || event.movementY)) return; // the text moved, not the mouse
    this.under = event.target;
    const chip = event.target.closest(".rk-chip");
    const codings = chip ? [this.desk.seen.get(chip.dataset.coding)].filter(Boolean) : this.#codingsAt(event.target);
    const others = this.#othersAt(event.target);
    this.#light([...codings, ...others]);
    this.tip.hidden = !(codings.length + others.length) || Boolean(chip ?? event.target.closest(".rk-other"));
    if (this.tip.hidden) return;
    this.tip.replaceChildren(...[...codings, ...others].map((coding) => {
      const code = this.desk.codebook.get(coding.code);
      const memo = this.desk.marks.get("memo", coding.id, "coding");
      return make("span", { "--code": code.colour },
        make("b", { text: this.desk.codebook.titleOf(code) }), ` · ${coding.coder ?? this.desk.paper.doc.coder}`,
        coding.book ? ` · ${fill(this.desk.words.madeUnder, { n: coding.book })}` : null,
        memo ? make("em", { text: memo }) : null);
    }));
    const frame = this.desk.root.getBoundingClientRect();
    this.tip.style.left = `${Math.max(4, Math.min(event.clientX - frame.left, frame.width - this.tip.offsetWidth - 4))}px`;
    this.tip.style.top = `${Math.max(4, event.clientY - frame.top - this.tip.offsetHeight - 14)}px`;
  }

  #leave() {
    this.tip.hidden = true;
    this.under = null;
    this.#light([]);
  }

  #focus(event) {
    const chip = event.target.closest(".rk-chip");
    this.#light(chip ? [this.desk.seen.get(chip.dataset.coding)].filter(Boolean) : []);
  }

  #codingsAt(node) {
    const ids = node.closest("[data-on]")?.dataset.on.split(" ") ?? [];
    return ids.map((id) => this.desk.seen.get(id)).filter(Boolean);
  }

  /** Codings of other coders on the words, or named by the chip, that the mouse is over. */
  #othersAt(node) {
    const ids = node.closest("[data-other]")?.dataset.other ?? node.closest("[data-others]")?.dataset.others ?? "";
    return ids.split(" ").map((id) => this.desk.theirs.get(id)).filter(Boolean);
  }

  #light(codings) {
    for (const coding of this.lit) this.desk.paper.light(coding, false);
    for (const coding of codings) this.desk.paper.light(coding, true);
    this.lit = codings;
  }
}
