// The keyboard of the desk, whatever its layout.
import assert from "node:assert/strict";
import test from "node:test";

import { commandOf } from "../../survey_app/components/desk/assets/keys.js";

const press = (key, more = {}) => commandOf({ key, code: "", ...more });

test("arrows and Latin letters move", () => {
  assert.equal(press("ArrowDown").name, "next");
  assert.equal(press("k").name, "previous");
  assert.equal(press("n").name, "nextUncoded");
  assert.equal(press("ArrowUp", { ctrlKey: true }).name, "previousUncoded");
});

test("undo and redo do not depend on the layout", () => {
  assert.equal(press("z", { ctrlKey: true }).name, "undo");
  assert.equal(press("я", { ctrlKey: true, code: "KeyZ" }).name, "undo");
  assert.equal(press("Z", { ctrlKey: true, shiftKey: true }).name, "redo");
  assert.equal(press("Я", { metaKey: true, shiftKey: true, code: "KeyZ" }).name, "redo");
  assert.equal(press("y", { ctrlKey: true, code: "KeyZ" }).name, "redo"); // a German keyboard
});

test("any other letter begins a search, a Cyrillic one always", () => {
  assert.deepEqual(press("p"), { name: "type", text: "p" });
  assert.deepEqual(press("т", { code: "KeyN" }), { name: "type", text: "т" });
  assert.deepEqual(press("R", { shiftKey: true }), { name: "type", text: "R" });
});

test("shift and arrows select, with Ctrl word by word", () => {
  assert.deepEqual(press("ArrowRight", { shiftKey: true }), { name: "extend", direction: "forward", unit: "character" });
  assert.deepEqual(press("ArrowLeft", { shiftKey: true, ctrlKey: true }), {
    name: "extend", direction: "backward", unit: "word",
  });
});

test("the browser keeps its own keys", () => {
  for (const key of ["f", "c", "r"]) assert.equal(press(key, { ctrlKey: true }), null);
  assert.equal(press("Tab"), null);
  assert.equal(press("F5"), null);
});

test("acts on the text itself have keys that no letter and no browser needs", () => {
  assert.equal(press("Enter", { ctrlKey: true }).name, "split");
  assert.equal(press("Enter", { ctrlKey: true, shiftKey: true }).name, "merge");
  assert.equal(press("F2").name, "edit");
  assert.equal(press("!", { shiftKey: true }).name, "nextLook");
  assert.equal(press("=").name, "accept");
});
