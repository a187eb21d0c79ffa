// Where the coder is: a statement, and perhaps words selected by hand. Selections are kept as code points, because
// painting replaces the nodes that the browser's own selection stands in.

import { lengthOf, pointAt, trimmed, unitAt } from "./offsets.js";

export class Cursor {
  /** `onMove(from, to)` is told when the statement changes. */
  constructor(paper, onMove) {
    this.paper = paper;
    this.onMove = onMove;
    this.row = null;
    this.target = null;
    this.among = () => true; // which statements next and previous stop at
  }

  /** The span that a code would be put on now, or null. */
  span() {
    if (this.target) return this.target;
    return this.row?.statement ? { start: this.row.start, end: this.row.end } : null;
  }

  /** Make a row the current one; with `focus` the keyboard goes there too. */
  go(row, { focus = true } = {}) {
    const from = this.row;
    if (from && from !== row) {
      from.node.classList.remove("is-here");
      from.text.tabIndex = -1;
    }
    this.row = row;
    row.node.classList.add("is-here");
    row.text.tabIndex = 0;
    if (focus) {
      row.text.focus({ preventScroll: true });
      row.node.scrollIntoView({ block: "nearest" });
    }
    if (from !== row) this.onMove(from, row);
  }

  /** The next statement in a direction (1 or -1) for which `wanted(row)` holds, or null. */
  ahead(step, wanted = () => true) {
    const rows = this.paper.stations.filter((row) => this.among(row));
    let index = this.row ? rows.indexOf(this.row) : -1;
    if (index < 0 && this.row) {
      index = rows.findIndex((row) => row.start > this.row.start);
      if (index < 0) index = rows.length;
      if (step > 0) index -= 1;
    }
    for (index += step; index >= 0 && index < rows.length; index += step) {
      if (wanted(rows[index])) return rows[index];
    }
    return null;
  }

  /** Forget words selected by hand. */
  release() {
    this.target = null;
    getSelection().removeAllRanges();
  }

  /** Take over the browser's selection: its span without edge white space, or null when it is empty or elsewhere. */
  take() {
    const selection = getSelection();
    const range = selection.rangeCount ? selection.getRangeAt(0) : null;
    this.target = null;
    if (!range || range.collapsed || !this.paper.node.contains(range.commonAncestorContainer)) return null;
    const start = this.#pointOf(range.startContainer, range.startOffset);
    const end = this.#pointOf(range.endContainer, range.endOffset);
    this.target = start < end ? this.#trimmed(start, end) : null;
    return this.target;
  }

  /** The code point of the caret, if it stands within a row; null if it does not. */
  caret(row) {
    const { anchorNode, anchorOffset, isCollapsed } = getSelection();
    return isCollapsed && row.text.contains(anchorNode) && anchorNode !== row.text
      ? this.#pointOf(anchorNode, anchorOffset)
      : null;
  }

  /** Give the browser's selection back after painting, or put it there. */
  select(span) {
    const [first, last] = [this.#placeOf(span.start, false), this.#placeOf(span.end, true)];
    if (first && last) getSelection().setBaseAndExtent(...first, ...last);
  }

  /** The browser's selection as code points, if painting these rows (a Set) would lose it; else null. */
  hold(rows) {
    const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection();
    const inRows = (node) => node && this.paper.node.contains(node) && node.nodeType === Node.TEXT_NODE && rows.has(this.paper.rowOf(node));
    if (!inRows(anchorNode) && !inRows(focusNode)) return null;
    return [this.#pointOf(anchorNode, anchorOffset), this.#pointOf(focusNode, focusOffset)];
  }

  /** Give back what was held, in the direction that it had. */
  restore([anchor, focus]) {
    const [from, to] = [this.#placeOf(anchor, anchor > focus), this.#placeOf(focus, focus > anchor)];
    if (from && to) getSelection().setBaseAndExtent(...from, ...to);
  }

  /** Grow or shrink the selection from the keyboard, beginning at the current statement. */
  extend(direction, unit) {
    if (!this.row) return null;
    const selection = getSelection();
    if (!selection.rangeCount || !this.row.text.contains(selection.anchorNode)) {
      const backward = direction === "backward";
      selection.collapse(...this.#placeOf(backward ? this.row.end : this.row.start, backward));
    }
    selection.modify("extend", direction, unit);
    return this.take();
  }

  #trimmed(start, end) {
    const rows = this.paper.rowsOf({ start, end });
    if (!rows.length) return null;
    const [first, last] = [rows[0], rows.at(-1)];
    const from = Math.max(start, first.start);
    const to = Math.min(end, last.end);
    const head = trimmed(first.read(from, first.end), 0, first.end - from);
    const tail = trimmed(last.read(last.start, to), 0, to - last.start);
    if (!head || !tail) return null;
    const span = { start: from + head.start, end: last.start + tail.end };
    return span.start < span.end ? span : null;
  }

  /** The code point at a place in the page: inside a stretch of text, or where the nearest text after it begins. */
  #pointOf(node, offset) {
    const stretch = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest("[data-at]");
    if (stretch) {
      const units = node.nodeType === Node.TEXT_NODE ? offset : offset && stretch.textContent.length;
      return Number(stretch.dataset.at) + pointAt(stretch.textContent, units);
    }
    const child = node.childNodes[offset];
    const walker = document.createTreeWalker(this.paper.node, NodeFilter.SHOW_ELEMENT);
    walker.currentNode = child ?? lastWithin(node);
    let found = child?.nodeType === Node.ELEMENT_NODE ? child : walker.nextNode();
    while (found && !found.dataset.at) found = walker.nextNode();
    return found ? Number(found.dataset.at) : this.paper.rows.at(-1).end;
  }

  #placeOf(point, isEnd) {
    const row = this.paper.rowAt(isEnd ? point - 1 : point);
    const stretches = [...row.text.children];
    const inside = isEnd ? point - 1 : point;
    const stretch = stretches.findLast((each) => Number(each.dataset.at) <= inside) ?? stretches[0];
    const text = stretch?.firstChild;
    if (!text) return null;
    const within = Math.min(point - Number(stretch.dataset.at), lengthOf(text.data));
    return [text, unitAt(text.data, Math.max(0, within))];
  }
}

function lastWithin(node) {
  let last = node;
  while (last.lastChild) last = last.lastChild;
  return last;
}
