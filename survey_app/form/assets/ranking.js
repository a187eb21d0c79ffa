// Putting options in order: by buttons, by the keys 1 to 9 and by dragging. Fields of the form follow the order.

export class Ranking {
  /** `changed()` is called after each change, `speak(text)` says the place; `words`: the sentences of the script. */
  constructor(root, { words, speak, changed }) {
    Object.assign(this, { root, words, speak, changed });
    this.most = Number(root.dataset.most);
    this.texts = root.querySelector("template.words").dataset;
    this.name = `a.${root.dataset.item}`;
    this.list = root.querySelector("ol.places");
    this.rows = [...this.list.querySelectorAll("li")];
    this.rest = Object.assign(document.createElement("ul"), { className: "places rest" });
    this.rows.forEach((row) => this.#prepare(row));
    this.list.classList.remove("plainly");
    for (const [list, text] of [[this.list, this.texts.chosen], [this.rest, this.texts.rest]]) {
      const head = Object.assign(document.createElement("p"), { className: "head", textContent: text });
      head.id = `${root.id}-${list === this.rest ? "rest" : "chosen"}`;
      list.setAttribute("aria-labelledby", head.id);
      if (list === this.rest) this.list.after(head, list);
      else list.before(head);
    }
    const chosen = this.rows.filter((row) => Number(row.dataset.place) > 0);
    chosen.sort((a, b) => Number(a.dataset.place) - Number(b.dataset.place));
    this.set(chosen.map((row) => row.dataset.option));
  }

  /** Keys of the options in their order. */
  get order() {
    return [...this.list.children].map((row) => row.dataset.option);
  }

  /** Show an order; nothing is said and nobody is told. */
  set(order) {
    const by = new Map(this.rows.map((row) => [row.dataset.option, row]));
    this.list.replaceChildren(...order.filter((key) => by.has(key)).map((key) => by.get(key)));
    this.rest.replaceChildren(...this.rows.filter((row) => !order.includes(row.dataset.option)));
    this.#draw();
  }

  /** Put an option at a place from 1; 0: out of the order. */
  move(row, place) {
    const order = this.order.filter((key) => key !== row.dataset.option);
    if (place > 0 && order.length >= this.most) {
      this.speak(filled(this.words.full, { count: this.most }));
      return;
    }
    const focused = document.activeElement;
    if (place > 0) order.splice(Math.min(place, order.length + 1) - 1, 0, row.dataset.option);
    this.set(order);
    const at = order.indexOf(row.dataset.option) + 1;
    const values = { option: row.querySelector(".name").textContent.trim(), place: at, count: order.length };
    this.speak(filled(at ? this.words.placed : this.words.removed, values));
    (row.contains(focused) && !focused.disabled && !focused.hidden ? focused : row.querySelector("button:not([hidden]):not([disabled])") ?? row).focus();
    this.changed();
  }

  #prepare(row) {
    row.querySelector("select").remove();
    row.append(Object.assign(document.createElement("input"), { type: "hidden", name: this.name, value: row.dataset.option }));
    const name = row.querySelector(".name").textContent.trim();
    const handle = Object.assign(document.createElement("span"), { className: "handle", textContent: "⠿" });
    handle.setAttribute("aria-hidden", "true");
    row.querySelector(".placed").prepend(handle);
    const keys = Object.assign(document.createElement("span"), { className: "moves" });
    for (const [act, text, sign] of [["put", this.texts.put, "+"], ["up", this.texts.up, "↑"], ["down", this.texts.down, "↓"], ["remove", this.texts.remove, "×"]]) {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: sign, title: text });
      button.dataset.act = act;
      button.setAttribute("aria-label", `${text}: ${name}`);
      button.addEventListener("click", () => this.#act(row, act));
      keys.append(button);
    }
    row.querySelector(".placed").after(keys);
    row.addEventListener("keydown", (event) => this.#press(row, event));
    row.querySelector(".placed").addEventListener("pointerdown", (event) => this.#drag(row, event));
  }

  #act(row, act) {
    const at = this.order.indexOf(row.dataset.option) + 1;
    const to = { put: this.order.length + 1, up: Math.max(1, at - 1), down: at + 1, remove: 0 }[act];
    this.move(row, to);
  }

  #press(row, event) {
    if (event.target.matches("input") || event.ctrlKey || event.metaKey || event.altKey) return;
    if (/^[1-9]$/.test(event.key)) this.move(row, Number(event.key));
    else if (event.key === "Delete" || event.key === "Backspace" || event.key === "0") this.move(row, 0);
    else return;
    event.preventDefault();
  }

  #drag(row, down) {
    if (down.button !== 0 || (down.pointerType === "touch" && !down.target.matches(".handle"))) return;
    let moved = false;
    const handle = down.currentTarget;
    handle.setPointerCapture(down.pointerId);
    const move = (event) => {
      if (!moved && Math.abs(event.clientY - down.clientY) < 6) return;
      moved = true;
      row.classList.add("dragged");
      row.style.translate = `0 ${event.clientY - down.clientY}px`;
    };
    const end = (event) => {
      for (const [kind, act] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) handle.removeEventListener(kind, act);
      row.classList.remove("dragged");
      row.style.translate = "";
      if (moved && event.type === "pointerup") this.move(row, this.#placeAt(row, event.clientY));
    };
    for (const [kind, act] of [["pointermove", move], ["pointerup", end], ["pointercancel", end]]) handle.addEventListener(kind, act);
  }

  #placeAt(row, y) {
    const box = this.rest.getBoundingClientRect();
    const list = this.list.getBoundingClientRect();
    if (this.rest.children.length && y > Math.max(box.top, list.bottom)) return 0;
    const others = [...this.list.children].filter((each) => each !== row);
    return others.filter((each) => { const at = each.getBoundingClientRect(); return at.top + at.height / 2 < y; }).length + 1;
  }

  #draw() {
    const count = this.list.children.length;
    for (const row of this.rows) {
      const at = this.order.indexOf(row.dataset.option) + 1;
      row.dataset.place = at;
      row.querySelector("input[type=hidden]").disabled = at === 0;
      for (const button of row.querySelectorAll("button")) {
        const act = button.dataset.act;
        button.hidden = (act === "put") === (at > 0);
        button.disabled = (act === "up" && at === 1) || (act === "down" && at === count) || (act === "put" && count >= this.most);
      }
    }
    this.list.classList.toggle("empty", count === 0);
  }
}

/** A sentence with its braces filled. */
export function filled(text, values) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
