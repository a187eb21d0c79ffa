// A code is found by a few letters in either language.
import assert from "node:assert/strict";
import test from "node:test";

import { Codebook } from "../../survey_app/components/desk/assets/codebook.js";
import { findCodes, fold } from "../../survey_app/components/desk/assets/search.js";

const CODES = [
  ["P01", "prob.skills", "Skills shortage among officials", "Недостаточная квалификация служащих"],
  ["P05", "prob.interagency", "Interdepartmental exchange not digital enough", "Недостаточно цифровой обмен"],
  ["P14", "prob.rights", "Rights, freedoms and data at risk", "Права, свободы и данные под угрозой"],
  ["E04", "enab.quality", "Better quality and access of services", "Рост качества и доступности услуг"],
  ["E05", "enab.data", "Data-driven decisions", "Решения на основе данных, всё учтено"],
].map(([short, key, label_en, label_ru]) => ({ id: short, short, key, label_en, label_ru, usable: true }));
const found = (query, recent) => findCodes(CODES, query, recent).map(({ short }) => short);

test("a short name in full comes first, in either case", () => {
  assert.equal(found("p14")[0], "P14");
  assert.deepEqual(found("P1"), ["P14"]);
});

test("words are found in both languages", () => {
  assert.deepEqual(found("skill"), ["P01"]);
  assert.deepEqual(found("квалиф"), ["P01"]);
});

test("a label that begins with the letters comes before one that only holds them", () => {
  assert.deepEqual(found("data"), ["E05", "P14"]);
});

test("every word must fit", () => {
  assert.deepEqual(found("data risk"), ["P14"]);
  assert.deepEqual(found("data zebra"), []);
});

test("the key is searched too", () => {
  assert.deepEqual(found("interagency"), ["P05"]);
});

test("ё and е, й and и, and accents are the same letters", () => {
  assert.deepEqual(found("все"), ["E05"]);
  assert.equal(fold("Ёй É"), "еи e");
});

test("a few letters in order are enough when nothing better fits", () => {
  assert.deepEqual(found("skshrt"), ["P01"]);
});

test("signs that mean something to a pattern are only letters here", () => {
  assert.deepEqual(found("(.*"), []);
  assert.deepEqual(found("[abc"), []);
});

test("without a query the codes used last lead, the others keep the codebook's order", () => {
  assert.deepEqual(found("", ["E04", "P14"]), ["E04", "P14", "P01", "P05", "E05"]);
});

test("the codes used last are remembered, newest first and once", () => {
  const kept = new Map();
  const storage = { getItem: (name) => kept.get(name) ?? null, setItem: (name, value) => kept.set(name, value) };
  const codebook = new Codebook({ codes: CODES, attributes: [], rules: [] }, "ru", storage, "coder");
  for (const id of ["P01", "E04", "P01"]) codebook.remember(id);
  assert.deepEqual(codebook.recent(), ["P01", "E04"]);
  assert.equal(codebook.titleOf(CODES[0]), "P01 Недостаточная квалификация служащих");
  assert.equal(codebook.get("gone").short, "?");
});
