// Between the fields of a page and answers.

import { numberIn } from "./checking.js";

/** The answer to an item as its fields say it: null for none. */
export function answerIn(form, item, rankings) {
  const fields = [...form.querySelectorAll(`[name="${CSS.escape(`a.${item.key}`)}"]`)];
  if (item.kind === "single" || item.kind === "likert") return fields.find((field) => field.checked)?.value ?? null;
  if (item.kind === "multi" || item.kind === "rank") {
    const ranked = rankings.get(item.key)?.order ?? [];
    const ticked = fields.filter((field) => field.type === "checkbox" && field.checked).map((field) => field.value);
    const chosen = [...ranked, ...ticked];
    return chosen.length ? chosen : null;
  }
  const typed = fields[0]?.value ?? "";
  return item.kind === "numeric" ? numberIn(typed) : typed.trim() || null;
}

/** Whether somebody filled an item in before this script was there to hear of it. */
export function touchedBefore(form, item) {
  const fields = form.querySelectorAll(`[name="${CSS.escape(`a.${item.key}`)}"], [name^="${CSS.escape(`w.${item.key}.`)}"]`);
  return [...fields].some((field) => {
    if (field.type === "radio" || field.type === "checkbox") return field.checked !== field.defaultChecked;
    return field.type !== "hidden" && field.value !== field.defaultValue;
  });
}

/** Words beside the options of an item. */
export function wordsIn(form, item) {
  const found = {};
  for (const field of form.querySelectorAll(".beside")) {
    const name = `w.${item.key}.`;
    if (field.name === name + field.dataset.option && field.value.trim()) found[field.dataset.option] = field.value.trim();
  }
  return found;
}

/** Show an answer and words in their fields. */
export function show(form, item, { answer, words }, rankings) {
  const chosen = Array.isArray(answer) ? answer : answer === null || answer === undefined ? [] : [answer];
  for (const field of form.querySelectorAll(`[name="${CSS.escape(`a.${item.key}`)}"]`)) {
    if (field.type === "radio" || field.type === "checkbox") field.checked = chosen.includes(field.value);
    else if (field.type !== "hidden") field.value = answer ?? "";
  }
  rankings.get(item.key)?.set(chosen);
  for (const option of item.options) {
    const field = form.querySelector(`[name="${CSS.escape(`w.${item.key}.${option}`)}"]`);
    if (field) field.value = words?.[option] ?? "";
  }
}
