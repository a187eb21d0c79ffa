// Make elements. Text goes in as text, never as markup.

import { fold } from "./outline.js";

/** An element with attributes (`class`, `text`, `on…` handlers, custom properties, anything else) and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") element.textContent = value;
    else if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name.startsWith("--")) element.style.setProperty(name, value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

/** The text as nodes, with the first place that holds the query marked, where letters stand one for one. */
export function mark(text, query) {
  const [word, within] = [fold(query.trim()), fold(text)];
  const at = word && within.length === text.length ? within.indexOf(word) : -1;
  if (at < 0) return [text];
  const end = at + word.length;
  return [text.slice(0, at), make("mark", { text: text.slice(at, end) }), text.slice(end)];
}
