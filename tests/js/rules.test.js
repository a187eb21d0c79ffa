// Rules of a questionnaire hold in the browser where they hold on the server.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import test from "node:test";

import { numberIn, relevant, trouble } from "../../survey_app/form/assets/checking.js";
import { holds } from "../../survey_app/form/assets/rules.js";

const cases = JSON.parse(readFileSync(new URL("rule_trees.json", import.meta.url), "utf-8"));

for (const { rule, tree, answers, own, holds: expected } of cases) {
  test(`${rule} with ${JSON.stringify({ answers, own })}`, () => assert.equal(holds(tree, answers, own), expected));
}

function item(key, more) {
  return {
    key, kind: "open", asked: true, options: [], aside: [], required: false, fewest: 0, most: 0, lowest: null,
    highest: null, conditions: [], constraint: null, ...more,
  };
}

const selected = (key, value) => ["selected", ["answer", key], ["text", value]];

test("what depends on a question that is not asked is not asked either", () => {
  const items = [
    item("a", { kind: "single" }), item("b", { kind: "single", conditions: [selected("a", "yes")] }),
    item("c", { conditions: [selected("b", "yes")] }),
  ];
  assert.deepEqual([...relevant(items, { a: "yes", b: "yes" })], ["a", "b", "c"]);
  assert.deepEqual([...relevant(items, { a: "no", b: "yes" })], ["a"]);
});

for (const [told, more, answer, expected] of [
  ["needed", { required: true }, undefined, "required"],
  ["not needed", {}, undefined, ""],
  ["no number", { kind: "numeric" }, "many", "number"],
  ["too low", { kind: "numeric", lowest: 1 }, 0, "low"],
  ["too high", { kind: "numeric", highest: 5 }, 5.5, "high"],
  ["within", { kind: "numeric", lowest: 1, highest: 5 }, 5, ""],
  ["no day", { kind: "date" }, "2024-02-30", "date"],
  ["a leap day", { kind: "date" }, "2024-02-29", ""],
  ["no leap day", { kind: "date" }, "2023-02-29", "date"],
  ["too few", { kind: "multi", fewest: 2, options: ["a", "b"] }, ["a"], "fewest"],
  ["as many as there are", { kind: "multi", fewest: 3, options: ["a", "b", "x"], aside: ["x"] }, ["a", "b"], ""],
  ["too many", { kind: "rank", most: 1, options: ["a", "b"] }, ["b", "a"], "most"],
  ["cannot say", { kind: "multi", fewest: 2, options: ["a", "b", "x"], aside: ["x"] }, ["x"], ""],
  ["against its constraint", { constraint: ["=", ["own"], ["text", "yes"]] }, "no", "constraint"],
  ["one key as its constraint sees it", { kind: "single", constraint: ["selected", ["own"], ["text", "a b"]] }, "a b", ""],
]) {
  test(`wrong or not: ${told}`, () => {
    const one = item("a", more);
    assert.equal(trouble([one], one, answer === undefined ? {} : { a: answer }), expected);
  });
}

test("numbers as people type them", () => {
  assert.deepEqual(["5", " 3,5 ", "1 000", "−2", ".5", "5.", "", "  ", "five", "1e3", "1,000", "0,125"].map(numberIn),
    [5, 3.5, 1000, -2, 0.5, 5, null, null, "five", "1e3", "1,000", 0.125]);
});
