// A field whose words keep themselves: what Streamlit mounts.
//
// Down: {name, title, placeholder, rows, most, words, heard, refused, problem, states}. Up: the state `said` = {n, words, seen}.

import { Keeper } from "./keeper.js";
import { undisturbed } from "./undisturbed.js";

const fields = new WeakMap(); // by the element that Streamlit gives us, since it calls us anew in the same place

export default function ({ data, parentElement, setStateValue }) {
  const present = fields.get(parentElement);
  if (!present || present.name !== data.name) {
    present?.root.remove();
    fields.set(parentElement, new Field(parentElement, data));
  }
  fields.get(parentElement).hear(data, (said) => setStateValue("said", said));
}

class Field {
  constructor(parent, { name }) {
    this.name = name;
    const make = (tag, className) => Object.assign(document.createElement(tag), { className });
    this.root = make("div", "rk-kw");
    this.label = make("label", "rk-kw-title");
    this.field = make("textarea", "rk-kw-field");
    this.field.id = `rk-kw-${crypto.randomUUID()}`;
    this.label.htmlFor = this.field.id;
    this.state = make("p", "rk-kw-state");
    this.state.setAttribute("role", "status");
    this.root.append(this.label, this.field, this.state);
    parent.append(this.root);
    this.keeper = new Keeper({
      name, client: crypto.randomUUID(), storage: localStorage, post: (said) => this.post(said),
      show: (words) => (this.field.value = words), tell: (state) => this.#tell(state),
    });
    let writing = false;
    this.field.addEventListener("focus", () => (writing = true));
    document.addEventListener("pointerdown", () => (writing = document.activeElement === this.field));
    undisturbed(() => this.root.isConnected, () => writing && this.field.focus());
    this.field.addEventListener("input", () => this.keeper.type(this.field.value));
    this.field.addEventListener("blur", () => this.keeper.send());
    this.field.addEventListener("keydown", (event) => {
      event.stopPropagation(); // Streamlit listens for r and c on the whole page
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.keeper.send();
    });
  }

  hear(data, post) {
    this.post = post;
    this.data = data;
    this.label.textContent = data.title;
    Object.assign(this.field, { placeholder: data.placeholder, rows: data.rows, maxLength: data.most, spellcheck: true });
    this.keeper.hear(data);
  }

  #tell(state) {
    this.state.textContent = state === "refused" ? this.data?.problem ?? "" : this.data?.states[state] ?? "";
    this.state.dataset.state = state;
  }
}
