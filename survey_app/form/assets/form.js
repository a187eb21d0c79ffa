// The form in a browser with scripts: saves as one goes, says what is wrong and what is asked as one types.

import { relevant, trouble, within } from "./checking.js";
import { answerIn, show, touchedBefore, wordsIn } from "./fields.js";
import { Outbox } from "./outbox.js";
import { Ranking } from "./ranking.js";
import "./moments.js";

const form = document.getElementById("fill");
const read = (id) => JSON.parse(document.getElementById(id)?.textContent ?? "null");
const words = read("words");
const spec = read("spec");
const state = document.getElementById("state");
const spoken = document.getElementById("spoken");
document.documentElement.classList.add("scripted");

function storage() {
  try {
    return localStorage;
  } catch {
    return null; // forbidden by the browser: what is not sent lives as long as the page
  }
}

async function send(message) {
  try {
    const answer = await fetch(`${form.dataset.address}/draft`, {
      method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(message),
      keepalive: JSON.stringify(message).length < 60000,
    });
    return { ok: answer.ok, lost: answer.status >= 500, newer: answer.ok ? (await answer.json()).newer : {} };
  } catch {
    return { ok: false, lost: true };
  }
}

function tell(now) {
  if (state.dataset.state === now) return;
  state.dataset.state = now;
  state.textContent = words[now];
}

const outbox = "preview" in form.dataset ? null : new Outbox({
  name: form.dataset.name, storage: storage(), send, tell, newer: (key, value) => sheet?.showNewer(key, value),
  client: Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""),
});

class Sheet {
  constructor() {
    this.answers = spec.answers;
    this.words = spec.words;
    this.items = new Map(spec.items.map((item) => [item.key, item]));
    this.rankings = new Map();
    this.touched = new Set();
    this.changed = new Set();
    const early = new Set(spec.items.filter((item) => item.asked && touchedBefore(form, item)).map((item) => item.key));
    for (const root of form.querySelectorAll("fieldset.rank")) {
      const key = root.dataset.item;
      this.rankings.set(key, new Ranking(root, { words, speak, changed: () => this.#ranked(root, key) }));
    }
    for (const [key, value] of Object.entries(outbox?.unsent ?? {})) if (!early.has(key)) this.#takeIn(key, value);
    form.addEventListener("input", (event) => this.#hear(event));
    form.addEventListener("change", (event) => this.#hear(event, true));
    form.addEventListener("click", (event) => this.#clear(event));
    form.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && event.target.matches("input:not([type=submit])")) event.preventDefault();
    });
    form.querySelectorAll(".error:not([hidden])").forEach((error) => this.touched.add(this.#keyOf(error)));
    for (const key of early) this.#take(this.items.get(key));
    this.look();
  }

  /** Show what is asked now, and what is wrong with what was touched. */
  look() {
    const now = relevant(spec.items, this.answers);
    const given = within(this.answers, now);
    for (const item of spec.items) {
      const element = document.getElementById(item.id);
      if (!element) continue;
      element.hidden = !now.has(item.key);
      if (!item.asked) continue;
      const kind = this.touched.has(item.key) ? trouble(spec.items, item, given) : "";
      this.#complain(item, element, item.troubles[kind] ?? "");
    }
  }

  #complain(item, element, text) {
    const error = document.getElementById(`${item.id}-error`);
    if (error.textContent !== text) error.textContent = text;
    error.hidden = !text;
    element.classList.toggle("wrong", Boolean(text));
    const field = document.getElementById(`${item.id}-field`);
    if (text) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
  }

  #keyOf(element) {
    return element.closest("[data-item]")?.dataset.item;
  }

  #hear(event, settled = false) {
    const key = this.#keyOf(event.target), item = this.items.get(key);
    if (!item?.asked) return;
    const box = event.target.matches("input[type=radio], input[type=checkbox]");
    if (box && !settled) return;
    if (event.target.matches(".beside") && event.target.value.trim()) this.#choose(item, event.target.dataset.option);
    if (box && event.target.checked) this.#setApart(item, event.target);
    if (settled) this.touched.add(key);
    this.#take(item);
  }

  /** Words beside an option choose it. */
  #choose(item, option) {
    const field = [...form.querySelectorAll(`[name="${CSS.escape(`a.${item.key}`)}"]`)].find((each) => each.value === option);
    if (field && field.type !== "hidden" && !field.checked) {
      field.checked = true;
      this.#setApart(item, field);
    }
  }

  /** That one cannot say stands beside no choice. */
  #setApart(item, chosen) {
    if (chosen.type !== "checkbox") return;
    const aside = item.aside.includes(chosen.value);
    if (aside) this.rankings.get(item.key)?.set([]);
    for (const field of form.querySelectorAll(`[name="${CSS.escape(`a.${item.key}`)}"]`)) {
      if (field.type === "checkbox" && field !== chosen && (aside || item.aside.includes(field.value))) field.checked = false;
    }
  }

  #ranked(root, key) {
    root.querySelectorAll("input[type=checkbox]").forEach((field) => (field.checked = false));
    this.touched.add(key);
    this.#take(this.items.get(key));
  }

  #take(item) {
    const answer = answerIn(form, item, this.rankings), beside = answer === null ? {} : wordsIn(form, item);
    const same = JSON.stringify([answer, beside]) === JSON.stringify([this.answers[item.key] ?? null, this.words[item.key] ?? {}]);
    this.#remember(item.key, answer, beside);
    if (!same) {
      this.#changed(item.key);
      outbox?.put(item.key, { answer, words: beside });
    }
    this.look();
  }

  /** The page says what was changed on it: of everything else the server may know newer answers. */
  #changed(key) {
    if (this.changed.has(key)) return;
    this.changed.add(key);
    append("changed", key);
  }

  #remember(key, answer, beside) {
    if (answer === null) delete this.answers[key];
    else this.answers[key] = answer;
    this.words[key] = beside;
  }

  #takeIn(key, value) {
    const item = this.items.get(key);
    if (!item) return;
    this.#remember(key, value.answer ?? null, value.words ?? {});
    show(form, item, value, this.rankings);
  }

  /** An answer that was given elsewhere and later; the page says no more that it was changed here. */
  showNewer(key, value) {
    this.#takeIn(key, value);
    this.changed.delete(key);
    form.querySelectorAll("input[type=hidden][name=changed]").forEach((field) => field.value === key && field.remove());
    this.look();
  }

  #clear(event) {
    const button = event.target.closest("button.clear");
    if (!button) return;
    event.preventDefault();
    const item = this.items.get(button.value);
    show(form, item, { answer: null, words: {} }, this.rankings);
    this.#take(item);
    document.getElementById(item.id).querySelector("input:not([type=hidden]), textarea, button")?.focus();
  }
}

function speak(text) {
  spoken.textContent = "";
  requestAnimationFrame(() => (spoken.textContent = text));
}

/** Nobody leaves a page whose answers have not arrived: the browser would show that there is no connection. */
async function go(event) {
  if (!outbox || outbox.empty) return;
  event.preventDefault();
  const button = event.submitter;
  if (!(await outbox.flush())) {
    state.scrollIntoView({ block: "nearest" });
    return;
  }
  form.requestSubmit(button);
}

function append(name, value) {
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
}

const sheet = spec ? new Sheet() : null;
append("scripted", "1");
form.addEventListener("submit", go);
if (outbox && !outbox.empty) outbox.flush();
addEventListener("online", () => outbox?.flush());
addEventListener("pagehide", () => outbox?.flush());
document.addEventListener("visibilitychange", () => document.hidden && outbox?.flush());
const problems = document.getElementById("problems");
if (problems && !problems.hidden && problems.hasAttribute("tabindex")) problems.focus();
if (location.hash) document.getElementById(location.hash.slice(1))?.focus();
