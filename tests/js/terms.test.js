// What a desk offers follows from its terms: a sample, a closed text, a role.
import assert from "node:assert/strict";
import test from "node:test";

import { MENU } from "../../survey_app/components/desk/assets/commands.js";
import { allows, FREE, isCodable, isDue, offers, refusalOf } from "../../survey_app/components/desk/assets/terms.js";

const row = (id, counted = true) => ({ statement: id && { id }, counted });
const words = { forResearchers: "researchers" };

test("who works alone may do everything, and sees nobody", () => {
  assert.deepEqual(Object.keys(MENU).filter((name) => !allows(FREE, name)), ["others"]);
});

test("a coder is not offered what changes the text for all", () => {
  const terms = { ...FREE, shapes: false };
  assert.deepEqual(Object.keys(MENU).filter((name) => !offers(terms, name)).sort(),
    ["edit", "heardNow", "inVivo", "merge", "newCode", "others", "split"]);
  assert.equal(refusalOf({ terms, words }, "split"), "researchers");
  assert.equal(refusalOf({ terms, words }, "pick"), "");
});

test("a closed text can be read, searched and heard, and says why nothing else can be done", () => {
  const terms = { ...FREE, closed: "handed in" };
  for (const name of ["next", "search", "filter", "jump", "copy", "history", "listen", "help", "menu", "escape"]) {
    assert.ok(allows(terms, name), name);
  }
  for (const name of ["pick", "again", "recent", "remove", "undo", "redo", "memo", "flag", "readToHere", "accept"]) {
    assert.equal(refusalOf({ terms, words }, name), "handed in", name);
  }
});

test("of a text with a sample its statements alone are due", () => {
  const terms = { ...FREE, sampled: ["s1", "m1"] };
  assert.deepEqual([row("s1"), row("s2"), row("m1", false), row(null)].map((each) => isDue(terms, each)),
    [true, false, false, false]);
  assert.ok(isDue(FREE, row("s2")));
  assert.ok(!isDue(FREE, row(null)));
});

test("words may be coded when every statement that they touch is of the sample", () => {
  const terms = { ...FREE, sampled: ["s1"] };
  assert.ok(isCodable(terms, [row("s1"), row(null)]));
  assert.ok(!isCodable(terms, [row("s1"), row("s2")]));
  assert.ok(isCodable(FREE, [row("s1"), row("s2")]));
});
