// The codebook as an outline: what is seen, where keys lead, where a code may be put.
import assert from "node:assert/strict";
import test from "node:test";

import { drop, grow, rowsOf, shift, spell, steer, zoneAt } from "../../survey_app/components/codebook_tree/assets/outline.js";

const code = (id, parent, label, more = {}) => ({
  id, parent, label, short: id.toUpperCase(), search: `${id} ${label}`, archived: false, ...more,
});
const TREE = grow([
  code("p", null, "Problems"),
  code("e", null, "Enablers"),
  code("p1", "p", "Skills"),
  code("p2", "p", "Money", { archived: true }),
  code("p3", "p", "Trust"),
  code("p31", "p3", "Всё наше"),
  code("p4", "p", "Time"),
  code("e1", "e", "Training"),
]);
const seen = (options) => rowsOf(TREE, options).map(({ code: { id } }) => id);
const ALL = rowsOf(TREE);
const at = (id) => ALL.findIndex((row) => row.code.id === id);

test("the whole tree is seen, without what is out of use", () => {
  assert.deepEqual(seen(), ["p", "p1", "p3", "p31", "p4", "e", "e1"]);
  assert.deepEqual(seen({ retired: true }), ["p", "p1", "p2", "p3", "p31", "p4", "e", "e1"]);
  assert.deepEqual(seen({ closed: new Set(["p", "e1"]) }), ["p", "e", "e1"]);
});

test("rows know their level and their place among those beside them", () => {
  const row = ALL[at("p3")];
  assert.deepEqual([row.level, row.place, row.of, row.open], [2, 2, 3, true]);
});

test("a search shows what fits with all above it, whatever is closed, in either alphabet", () => {
  assert.deepEqual(seen({ query: "все", closed: new Set(["p"]) }), ["p", "p3", "p31"]);
  assert.deepEqual(seen({ query: "tr" }), ["p", "p3", "e", "e1"]);
  assert.deepEqual(seen({ query: "zebra" }), []);
});

test("arrows go through the rows, open, close and lead upwards", () => {
  assert.deepEqual(steer(ALL, at("p"), "ArrowDown"), { focus: "p1" });
  assert.deepEqual(steer(ALL, at("p31"), "ArrowLeft"), { focus: "p3" });
  assert.deepEqual(steer(ALL, at("p3"), "ArrowLeft"), { close: "p3" });
  const closed = rowsOf(TREE, { closed: new Set(["p3"]) });
  assert.deepEqual(steer(closed, 2, "ArrowRight"), { open: "p3" });
  assert.deepEqual(steer(ALL, at("p3"), "ArrowRight"), { focus: "p31" });
  assert.deepEqual(steer(ALL, 3, "Home"), { focus: "p" });
  assert.deepEqual(steer(ALL, 3, "End"), { focus: "e1" });
  assert.equal(steer(ALL, at("e1"), "ArrowDown"), null);
  assert.equal(steer(ALL, at("e1"), "x"), null);
  assert.equal(steer([], -1, "ArrowDown"), null);
});

test("letters lead to the next code that begins with them, and round", () => {
  assert.equal(spell(ALL, at("p"), "t"), "p3");
  assert.equal(spell(ALL, at("p3"), "t"), "p4");
  assert.equal(spell(ALL, at("p4"), "tr"), "e1");
  assert.equal(spell(ALL, at("e1"), "tr"), "e1");
  assert.equal(spell(ALL, at("e1"), "все"), "p31");
  assert.equal(spell(ALL, 0, "zz"), null);
});

test("Alt and an arrow move a code among those beside it, past what is not seen", () => {
  assert.deepEqual(shift(TREE, "p3", "ArrowUp"), { parent: "p", before: "p1" });
  assert.deepEqual(shift(TREE, "p1", "ArrowDown"), { parent: "p", before: "p4" });
  assert.deepEqual(shift(TREE, "p1", "ArrowDown", true), { parent: "p", before: "p3" });
  assert.deepEqual(shift(TREE, "p3", "ArrowDown"), { parent: "p", before: null });
  assert.equal(shift(TREE, "p1", "ArrowUp"), null);
  assert.deepEqual(shift(TREE, "p", "ArrowDown"), { parent: null, before: null });
});

test("Alt and a sideways arrow hang a code below its neighbour, or beside the one above it", () => {
  assert.deepEqual(shift(TREE, "p3", "ArrowRight"), { parent: "p1", before: null });
  assert.deepEqual(shift(TREE, "p31", "ArrowLeft"), { parent: "p", before: "p4" });
  assert.equal(shift(TREE, "p1", "ArrowRight"), null);
  assert.equal(shift(TREE, "p1", "ArrowLeft"), null, "no code becomes a root");
  assert.equal(shift(TREE, "e", "ArrowRight"), null, "no root becomes a code");
});

test("a dragged code comes before, after or below the one it is let go on", () => {
  assert.deepEqual(drop(TREE, "p4", "p1", "before"), { parent: "p", before: "p1" });
  assert.deepEqual(drop(TREE, "p4", "p1", "after"), { parent: "p", before: "p2" });
  assert.deepEqual(drop(TREE, "p4", "e1", "after"), { parent: "e", before: null });
  assert.deepEqual(drop(TREE, "p4", "e", "inside"), { parent: "e", before: null });
});

test("a drop that means nothing is none", () => {
  assert.equal(drop(TREE, "p3", "p31", "inside"), null, "below itself");
  assert.equal(drop(TREE, "p3", "p3", "before"), null, "on itself");
  assert.equal(drop(TREE, "p3", "p4", "before"), null, "where it is");
  assert.equal(drop(TREE, "p4", "p", "inside"), null, "last where it is last");
  assert.equal(drop(TREE, "p4", "e", "before"), null, "a code among roots");
  assert.equal(drop(TREE, "e", "p", "inside"), null, "a root below another");
  assert.equal(drop(TREE, "p4", "p2", "inside"), null, "below one out of use");
  assert.deepEqual(drop(TREE, "e", "p", "before"), { parent: null, before: "p" });
});

test("a row has three zones", () => {
  assert.deepEqual([0, 0.29, 0.5, 0.71, 1].map(zoneAt), ["before", "before", "inside", "after", "after"]);
});
