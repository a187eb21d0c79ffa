// What is asked now, and what is wrong with an answer: says what questionnaires/filling_rules.py says.

import { holds } from "./rules.js";

const MOST_ROUNDS = 10;
const TYPED_NUMBER = /^[+\-−]?(?:\d+(?:[.,]\d*)?|[.,]\d+)$/;
const GROUPED = /^[+\-−]?[1-9]\d{0,2},\d{3}$/;

/** Keys of the items that are asked now. */
export function relevant(items, answers) {
  let now = new Set(items.map((item) => item.key));
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const given = forRules(items, within(answers, now));
    const after = items.filter((item) => item.conditions.every((tree) => holds(tree, given))).map((item) => item.key);
    if (after.length === now.size && after.every((key) => now.has(key))) break;
    now = new Set(after);
  }
  return now;
}

/** The kind of what is wrong with the answer to one item, or "". `given`: answers to what is asked now. */
export function trouble(items, item, given) {
  const answer = given[item.key];
  if (answer === undefined || answer === null) return item.required ? "required" : "";
  const kind = ownTrouble(item, answer);
  if (kind || !item.constraint) return kind;
  const known = forRules(items, given);
  return holds(item.constraint, known, known[item.key]) ? "" : "constraint";
}

/** Answers to those items alone. */
export function within(answers, keys) {
  return Object.fromEntries(Object.entries(answers).filter(([key]) => keys.has(key)));
}

/** What was typed as a number; as it was typed where it is none, null for nothing. */
export function numberIn(typed) {
  const plain = typed.replace(/\s/gu, "");
  if (!TYPED_NUMBER.test(plain) || GROUPED.test(plain)) return typed.trim() || null;
  const value = Number(plain.replace(",", ".").replace("−", "-"));
  return Math.abs(value) < 1e15 ? value : typed.trim();
}

function ownTrouble(item, answer) {
  if (item.kind === "numeric") {
    if (typeof answer !== "number") return "number";
    if (item.lowest !== null && answer < item.lowest) return "low";
    return item.highest !== null && answer > item.highest ? "high" : "";
  }
  if (item.kind === "date") return isDay(answer) ? "" : "date";
  if (!Array.isArray(answer) || item.aside.includes(answer[0])) return "";
  if (item.fewest && answer.length < Math.min(item.fewest, item.options.length - item.aside.length)) return "fewest";
  return item.most && answer.length > item.most ? "most" : "";
}

function isDay(text) {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const [year, month, day] = text.split("-").map(Number);
  const found = new Date(Date.UTC(2000, month - 1, day));
  found.setUTCFullYear(year, month - 1, day);
  return year > 0 && found.getUTCMonth() === month - 1 && found.getUTCDate() === day;
}

function forRules(items, given) {
  const chosen = new Set(items.filter((item) => item.kind === "single" || item.kind === "likert").map((item) => item.key));
  return Object.fromEntries(
    Object.entries(given).map(([key, answer]) => [key, chosen.has(key) && typeof answer === "string" ? [answer] : answer]),
  );
}
