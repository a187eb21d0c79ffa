// What a filter asks for, which statements fit, and what stays in sight around them.
import assert from "node:assert/strict";
import test from "node:test";

import {
  asksFor, even, families, fits, hitsIn, inSight, lineOf, NOTHING,
} from "../../survey_app/components/desk/assets/filter.js";
import { slice } from "../../survey_app/components/desk/assets/offsets.js";

const TEXT = "😀 Ещё данные, и ещё ДАННЫЕ. Nobody exchanges data.";
const row = (start, end, more = {}) => ({
  start, end, codings: new Map(), hits: [], turn: { speaker: 0 }, statement: { id: `s${start}`, question: "Q1" },
  read: (from, to) => slice(TEXT, from, to), ...more,
});
const context = (more = {}) => ({
  speakers: [{ name: "Anna", group: "Federal" }, { name: "Boris", group: "Local" }],
  codes: families([{ id: "prob", parent: "" }, { id: "p1", parent: "prob" }]), get: () => "", ...more,
});
const wanted = (some) => ({ ...NOTHING, ...some });

test("nothing asked for is nothing filtered", () => {
  assert.equal(asksFor({ ...NOTHING }), false);
  assert.equal(asksFor(wanted({ uncoded: true })), true);
});

test("a search knows neither case nor the points of ё, and every letter keeps its place", () => {
  assert.equal(even("Ёж İ").length, "Ёж İ".length);
  const found = hitsIn(row(0, 28), "еще данные");
  assert.deepEqual(found.map(({ start, end }) => slice(TEXT, start, end)), ["Ещё данные", "ещё ДАННЫЕ"]);
  assert.deepEqual(hitsIn(row(0, 28), "  "), []);
});

test("a statement fits by speaker, group, question and by what is on it", () => {
  const coded = row(0, 28, { codings: new Map([["a", { start: 0, end: 28, code: "p1" }]]) });
  const yes = (some, given = coded, more) => fits(given, wanted(some), context(more));
  assert.ok(yes({ speaker: "Anna", group: "Federal", question: "Q1" }));
  assert.ok(!yes({ group: "Local" }));
  assert.ok(yes({ code: "p1" }) && yes({ code: "prob" }));
  assert.ok(!yes({ uncoded: true }) && yes({ uncoded: true }, row(29, 51)));
  assert.ok(!yes({ flagged: true }) && yes({ flagged: true }, coded, { get: (kind) => (kind === "flag" ? "1" : "") }));
  const get = (kind, _id, name) => (kind === "value" && name === "modality" ? "fact" : "");
  assert.ok(yes({ value: "modality=fact" }, coded, { get }) && !yes({ value: "modality=proposal" }, coded, { get }));
});

test("a code that only brushes a statement does not count for it", () => {
  const brushed = row(0, 28, { codings: new Map([["a", { start: 26, end: 51, code: "p1" }]]) });
  assert.ok(fits(brushed, wanted({ uncoded: true }), context()));
});

test("the neighbours of what fits stay in sight", () => {
  const rows = [0, 1, 2, 3, 4].map((number) => ({ number }));
  assert.deepEqual([...inSight(rows, new Set([rows[3]]))].map(({ number }) => number), [2, 3, 4]);
});

test("a line of the concordance has the words on either side", () => {
  const whole = row(0, 28);
  const [hit] = hitsIn(whole, "данные");
  assert.deepEqual(lineOf(whole, hit, 4), { left: "…Ещё ", hit: "данные", right: ", и …" });
});

test("an attribute is asked for with one value or with any, and a value may hold a sign of equality", () => {
  const given = (value) => context({ get: (kind, _id, name) => (kind === "value" && name === "need" ? value : "") });
  assert.ok(fits(row(0, 4), wanted({ value: "need=" }), given("time")));
  assert.ok(!fits(row(0, 4), wanted({ value: "need=" }), given("")));
  assert.ok(fits(row(0, 4), wanted({ value: "need=a=b" }), given("a=b")));
  assert.ok(!fits(row(0, 4), wanted({ value: "need=a" }), given("a=b")));
});
