/* The words behind a number, and the search in all words. Text is only ever set as text. */
(function (rakurs) {
  "use strict";

  const whose = (quote, by) => quote.dataset.segments.split(" ").includes(by);
  rakurs.isOf = (quote, by, segment) => segment === "all" || whose(quote, `${by}:${segment}`);

  rakurs.element = function (tag, text, look) {
    const made = document.createElement(tag);
    if (text !== undefined) made.textContent = text;
    if (look) made.className = look;
    return made;
  };

  /* The released quotes with this code, or one under it, of this segment. */
  function held(edition, by, segment, code) {
    const all = edition.querySelectorAll(`.box .quote:not([data-kind])[data-codes~="${CSS.escape(code)}"]`);
    return Array.from(all).filter((quote) => rakurs.isOf(quote, by, segment));
  }

  function copyOf(quote) {
    const copy = quote.cloneNode(true);
    copy.removeAttribute("id");
    copy.hidden = false;
    for (const mark of copy.querySelectorAll("mark")) mark.replaceWith(mark.textContent);
    return copy;
  }

  /* The same code in every segment: buttons that lead there, a hidden number said to be hidden. */
  function everywhere(told, cells, by, segment, code) {
    return Object.entries(told.segments[by]).map(([key, name]) => {
      const cell = cells[by][key]?.[code];
      const row = rakurs.element("li");
      const shown = cell && cell[0] !== null;
      const button = rakurs.element("button");
      button.type = "button";
      button.dataset.segment = key;
      button.dataset.code = code;
      if (key === segment) button.setAttribute("aria-current", "true");
      const bar = rakurs.element("span", undefined, shown ? "bar" : "bar unshown");
      bar.style.setProperty("--share", shown && cell[1] ? `${(100 * cell[0]) / cell[1]}%` : "0%");
      button.append(rakurs.element("span", name), bar, rakurs.element("b", shown ? rakurs.filled(told.words.k_of_n, { k: cell[0], n: cell[1] }) : told.words.hidden));
      row.append(button);
      return row;
    });
  }

  rakurs.fillDialog = function (edition, told, cells, { by, segment, code }) {
    const dialog = edition.querySelector("dialog.behind");
    const cell = cells[by][segment]?.[code];
    const shown = cell && cell[0] !== null;
    const words = told.words;
    dialog.querySelector(".where").replaceChildren(told.codes[code] || code, rakurs.element("small", told.segments[by][segment]));
    dialog.querySelector(".how-many").textContent = shown
      ? `${rakurs.filled(words.of_experts, { k: cell[0], n: cell[1] })} · ${rakurs.filled(words.statements, { count: cell[2] })}`
      : words.hidden_note;
    dialog.querySelector(".asked").hidden = !shown;
    dialog.querySelector(".sureness").textContent = shown ? rakurs.howSure(words, cell[0], cell[1]) : "";
    dialog.querySelector(".everywhere").replaceChildren(...everywhere(told, cells, by, segment, code));
    const quotes = held(edition, by, segment, code).map(copyOf);
    dialog.querySelector(".held").replaceChildren(...(quotes.length ? quotes : [rakurs.element("p", shown && cell[0] === 0 ? words.nobody : words.none, "reading")]));
    return dialog;
  };

  /* Quotes by their numbers, below what they speak for or against. */
  rakurs.fillWithQuotes = function (edition, heading, lead, numbers) {
    const dialog = edition.querySelector("dialog.behind");
    dialog.querySelector(".where").textContent = heading;
    dialog.querySelector(".how-many").textContent = lead;
    dialog.querySelector(".asked").hidden = true;
    dialog.querySelector(".everywhere").replaceChildren();
    const found = numbers.map((number) => document.getElementById(`${edition.lang}/${number}`)).filter(Boolean);
    dialog.querySelector(".held").replaceChildren(...found.map(copyOf));
    return dialog;
  };

  /* Who said it, as far as that is told: the segments, how many they are, and how many of them name its codes. */
  rakurs.tellWho = function (quote, told, cells) {
    const lines = [];
    for (const place of quote.dataset.segments.split(" ")) {
      const [by, segment] = place.split(":");
      const counted = cells[by]?.[segment];
      if (!counted) continue;
      const n = Object.values(counted)[0]?.[1];
      lines.push(rakurs.filled(told.words.who, { segment: told.segments[by][segment], n }));
      if (quote.dataset.kind) continue;
      for (const code of quote.dataset.codes.split(" ")) {
        const cell = counted[code];
        if (cell && cell[0] && !told.roots.includes(code)) lines.push(rakurs.filled(told.words.who_code, { code: told.codes[code], count: rakurs.filled(told.words.k_of_n, { k: cell[0], n: cell[1] }) }));
      }
    }
    quote.querySelector(".asked p").textContent = [...lines, told.words.who_no_more].join(" ");
  };

  function mark(paragraph, hits) {
    const text = paragraph.textContent;
    const parts = [];
    let at = 0;
    for (const [start, end] of hits) {
      parts.push(text.slice(at, start), rakurs.element("mark", text.slice(start, end)));
      at = end;
    }
    parts.push(text.slice(at));
    paragraph.replaceChildren(...parts.filter((part) => part !== ""));
  }

  /* Show the quotes that have all words and are of the segment; say how many of how many. */
  rakurs.search = function (edition, told, { by, segment, find }) {
    const shelf = edition.querySelector(".search");
    if (!shelf) return;
    const words = rakurs.wordsOf(find);
    let [left, all] = [0, 0];
    for (const box of edition.querySelectorAll(".box")) {
      let here = 0;
      for (const quote of box.querySelectorAll(".quote")) {
        const paragraph = quote.querySelector("blockquote p");
        const hits = rakurs.hitsIn(paragraph.textContent, words);
        const shown = hits !== null && rakurs.isOf(quote, by, segment);
        if (shown || paragraph.querySelector("mark")) mark(paragraph, shown ? hits : []);
        quote.hidden = !shown;
        all += 1;
        here += shown;
      }
      const also = box.querySelector(".also");
      if (also) also.hidden = Boolean(words.length) || segment !== "all";
      const empty = !here && (!also || also.hidden);
      box.hidden = empty;
      if (words.length) box.open = here > 0;
      left += here;
    }
    for (const each of edition.querySelectorAll(".shelf")) each.hidden = !each.querySelector(".box:not([hidden])");
    const hits = shelf.querySelector(".hits");
    hits.textContent = left ? rakurs.filled(told.words.found, { count: left, whole: all }) : told.words.hits_none;
  };
})(globalThis.rakurs = globalThis.rakurs || {});
