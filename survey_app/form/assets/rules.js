// Rules of a questionnaire in the browser: trees as `Rule.to_json` gives them, see questionnaires/rules.py.

const LONGEST_SUBJECT = 200;
const NUMBER = /^\s*-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)\s*$/;
const DAY = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/;
const COMPARISONS = {
  "=": (a, b) => a === b, "!=": (a, b) => a !== b, "<": (a, b) => a < b, "<=": (a, b) => a <= b,
  ">": (a, b) => a > b, ">=": (a, b) => a >= b,
};

/** Whether a condition holds. `own` is the answer of the item that has it. */
export function holds(tree, answers, own = null) {
  const [name, ...parts] = tree;
  if (name === "and") return parts.every((part) => holds(part, answers, own));
  if (name === "or") return parts.some((part) => holds(part, answers, own));
  if (name === "not") return !holds(parts[0], answers, own);
  const [left, right] = parts.map((part) => valueOf(part, answers, own));
  if (name === "selected") return keysOf(left).includes(right);
  if (name === "regex") return fits(String(right), textOf(left));
  return compare(name, left, right);
}

function valueOf([name, part], answers, own) {
  if (name === "text" || name === "number") return part;
  if (name === "own") return own;
  if (name === "answer") return Object.hasOwn(answers, part) ? answers[part] : null;
  const inner = valueOf(part, answers, own);
  return name === "count-selected" ? keysOf(inner).length : [...textOf(inner)].length;
}

function compare(name, left, right) {
  const numbers = typeof left === "number" || typeof right === "number";
  const [a, b] = [textOf(left), textOf(right)];
  if ((name === "=" || name === "!=") && !numbers) return COMPARISONS[name](a, b);
  if (!numbers && DAY.test(a) && DAY.test(b)) return COMPARISONS[name](a, b);
  return COMPARISONS[name](asNumber(left), asNumber(right));
}

function fits(pattern, text) {
  if ([...text].length > LONGEST_SUBJECT) return false;
  try {
    return new RegExp(`^(?:${pattern})$`, "u").test(text);
  } catch {
    return true; // the server decides
  }
}

function keysOf(answer) {
  return Array.isArray(answer) ? answer : textOf(answer).split(/\s+/u).filter(Boolean);
}

function textOf(answer) {
  if (answer === null || answer === undefined) return "";
  return Array.isArray(answer) ? answer.join(" ") : String(answer);
}

function asNumber(answer) {
  if (typeof answer === "number") return answer;
  const text = textOf(answer);
  return NUMBER.test(text) ? Number(text) : NaN;
}
