/* What a reader does on the page: a question, a segmentation, a segment, a code, a language, a search. The address holds
   every choice (address.js); nothing is asked of any machine. */
(function (rakurs) {
  "use strict";
  const root = document.documentElement;
  const editions = new Map(Array.from(document.querySelectorAll(".edition"), (edition) => [edition.lang, edition]));
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const cells = read("cells");
  const words = new Map(Array.from(editions.keys(), (language) => [language, read(`words-${language}`)]));
  const first = { language: root.dataset.first, by: Object.keys(words.get(root.dataset.first).segments)[0] || "", question: Object.keys(words.get(root.dataset.first).questions)[0] || "" };
  const chosen = { ...first, place: "", segment: "all", with: "", code: "", find: "" };
  const loaded = new Map();
  root.classList.add("scripted");

  const current = () => editions.get(chosen.language);
  const told = () => words.get(chosen.language);

  function keepAddress(place) {
    const asked = chosen.question === first.question ? "" : `ask/${chosen.question}`;
    history.replaceState(null, "", rakurs.writeAddress({
      language: chosen.language, place: place ?? asked, by: chosen.by === first.by ? "" : chosen.by,
      segment: chosen.segment === "all" ? "" : chosen.segment, with: chosen.with, code: chosen.code, find: chosen.find,
    }));
  }

  function fromAddress() {
    const wanted = rakurs.readAddress(location.hash);
    if (editions.has(wanted.language)) chosen.language = wanted.language;
    const known = told();
    const is = Object.hasOwn;
    chosen.by = is(known.segments, wanted.by) ? wanted.by : first.by;
    const segments = known.segments[chosen.by] || {};
    chosen.segment = is(segments, wanted.segment) ? wanted.segment : "all";
    chosen.with = is(segments, wanted.with) ? wanted.with : "";
    chosen.code = is(known.codes, wanted.code) ? wanted.code : "";
    chosen.find = wanted.find.slice(0, 200);
    const question = wanted.place.replace(/^ask\//, "");
    if (wanted.place.startsWith("ask/") && is(known.questions, question)) chosen.question = question;
    return wanted.place;
  }

  /* Panels of single segments lie in files of their own, which a page from disk can load as scripts. */
  function load() {
    const [edition, file] = [current(), told().files[chosen.by]];
    if (chosen.segment === "all" && chosen.by === first.by) return Promise.resolve();
    if (!loaded.has(file)) loaded.set(file, new Promise((resolve, reject) => {
      const asked = Object.assign(document.createElement("script"), { src: file, onload: resolve, onerror: reject });
      document.head.append(asked);
    }).then(() => {
      for (const [question, panels] of Object.entries(rakurs.panels[file])) {
        edition.querySelector(`article[data-question="${CSS.escape(question)}"] .beside`).insertAdjacentHTML("beforebegin", panels);
      }
    }));
    return loaded.get(file);
  }

  async function show() {
    const edition = current();
    await load();
    if (edition !== current()) return;
    root.dataset.language = root.lang = chosen.language;
    document.title = edition.dataset.title;
    rakurs.animate(edition, told(), cells);
    const is = { question: chosen.question, by: chosen.by, segment: chosen.segment };
    for (const choice of edition.querySelectorAll("fieldset[data-choice]")) {
      const value = is[choice.dataset.choice];
      if (value !== undefined) for (const input of choice.querySelectorAll("input")) input.checked = input.value === value;
      if (choice.dataset.choice === "segment") choice.hidden = choice.dataset.by !== chosen.by;
    }
    for (const picker of edition.querySelectorAll("select")) {
      for (const option of picker.options) option.hidden = option.disabled = Boolean(option.dataset.by) && option.dataset.by !== chosen.by;
      const wanted = Array.from(picker.options).find((option) => option.value === chosen[picker.dataset.choice] && !option.disabled);
      picker.selectedIndex = wanted ? wanted.index : 0;
    }
    for (const article of edition.querySelectorAll("article.question")) article.classList.toggle("put-away", article.dataset.question !== chosen.question);
    for (const panel of edition.querySelectorAll(".panel[data-segment]")) panel.hidden = panel.dataset.segment !== chosen.segment || Boolean(panel.dataset.by && panel.dataset.by !== chosen.by);
    for (const each of edition.querySelectorAll(".compared")) each.hidden = each.dataset.by !== chosen.by;
    beside(edition);
    const field = edition.querySelector(".search input");
    if (field && field.value !== chosen.find) field.value = chosen.find;
    rakurs.search(edition, told(), chosen);
  }

  /* The chosen segment beside another one, code by code. */
  function beside(edition) {
    for (const each of edition.querySelectorAll(".beside")) each.hidden = true;
    const place = edition.querySelector(`article[data-question="${CSS.escape(chosen.question)}"] .beside`);
    if (!place || !chosen.with || chosen.with === chosen.segment) return;
    const { words: say, segments, codes, questions } = told();
    const names = [chosen.segment, chosen.with].map((each) => segments[chosen.by][each]);
    const rows = rakurs.compared(cells[chosen.by], chosen.segment, chosen.with, questions[chosen.question]);
    const inWords = (cell) => (cell && cell[0] !== null ? rakurs.filled(say.k_of_n, { k: cell[0], n: cell[1] }) : say.hidden);
    const top = rows[0];
    const finding = !top || top.apart === null ? say.apart_none : !top.apart ? say.alike
      : rakurs.filled(say.apart, { code: codes[top.code], first: inWords(top.first), second: inWords(top.second) });
    const table = rakurs.element("table", undefined, "pair");
    const head = table.createTHead().insertRow();
    for (const name of [say.code, ...names]) head.append(Object.assign(rakurs.element("th", name), { scope: "col" }));
    const body = table.createTBody();
    for (const row of rows) {
      const line = body.insertRow();
      line.append(Object.assign(rakurs.element("th", codes[row.code]), { scope: "row" }));
      for (const [cell, segment] of [[row.first, chosen.segment], [row.second, chosen.with]]) {
        const box = line.insertCell();
        const shown = cell && cell[0] !== null;
        const bar = rakurs.element("span", undefined, shown ? "bar" : "bar unshown");
        bar.style.setProperty("--share", shown && cell[1] ? `${(100 * cell[0]) / cell[1]}%` : "0%");
        const button = Object.assign(rakurs.element("button", inWords(cell)), { type: "button" });
        Object.assign(button.dataset, { code: row.code, segment });
        button.setAttribute("aria-label", `${codes[row.code]}, ${segments[chosen.by][segment]}: ${inWords(cell)}`);
        box.append(bar, button);
      }
    }
    place.replaceChildren(rakurs.element("h4", rakurs.filled(say.compared, { first: names[0], second: names[1] })), rakurs.element("p", finding, "finding"), table);
    place.hidden = false;
  }

  function openCode(place) {
    const dialog = rakurs.fillDialog(current(), told(), cells, place);
    Object.assign(dialog.dataset, { by: place.by });
    chosen.code = place.code;
    keepAddress();
    if (!dialog.open) dialog.showModal();
    dialog.scrollTop = 0;
  }

  /* Bring a place into view, opening whatever it is folded into. */
  async function goTo(place) {
    const target = document.getElementById(`${chosen.language}/${place}`);
    if (!target) return;
    if (target.matches(".quote") && target.closest("[hidden]")) {
      Object.assign(chosen, { find: "", segment: "all" });
      await show();
    }
    if (target.matches("details")) target.open = true;
    for (let each = target.parentElement; each; each = each.parentElement) if (each.matches("details")) each.open = true;
    await bring(target);
  }

  /* Chapters are laid out as they come near, so a far one moves while one goes there. */
  async function bring(target) {
    for (let tries = 0; tries < 12; tries += 1) {
      target.scrollIntoView({ behavior: "instant" });
      const top = target.getBoundingClientRect().top;
      await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
      if (tries && Math.abs(target.getBoundingClientRect().top - top) < 1) return;
    }
  }

  async function arrive() {
    const place = fromAddress();
    await show();
    if (place) await goTo(place);
    if (chosen.code) openCode({ by: chosen.by, segment: chosen.segment, code: chosen.code });
  }

  /* The chapter at the top of the window, and how far from the top it is: kept when the language changes. */
  async function switchTo(language) {
    const passed = Array.from(current().querySelectorAll("main > section[id]")).filter((each) => each.getBoundingClientRect().top < innerHeight / 2);
    const section = passed[passed.length - 1];
    const top = section?.getBoundingClientRect().top;
    chosen.language = language;
    keepAddress();
    await show();
    const same = section && document.getElementById(`${language}/${section.id.slice(3)}`);
    if (same) scrollTo({ top: scrollY + same.getBoundingClientRect().top - top, behavior: "instant" });
    current().querySelector(`.languages a[lang="${language}"]`).focus({ preventScroll: true });
  }

  async function take(button) {
    const kind = button.dataset.take;
    const save = (what, type, name) => rakurs.handOut(what instanceof Blob ? what : new Blob([what], { type }), `${rakurs.fileName(name)}.${kind}`);
    if (kind === "csv") return save(rakurs.csv(rakurs.rowsOf(button.closest(".tabled").querySelector("table"))), "text/csv;charset=utf-8", button.dataset.name);
    const figure = button.closest(".take").previousElementSibling;
    const svg = figure.querySelector("svg.wide");
    root.classList.add("on-paper"); // light, as documents are
    const source = Array.from(current().querySelectorAll("footer p"), (each) => each.textContent);
    if (location.protocol.startsWith("http")) source.push(location.href.split("#")[0]);
    const told = { title: figure.dataset.name, source };
    const made = kind === "svg" ? rakurs.asSvg(svg, told) : rakurs.asPng(svg, told);
    root.classList.remove("on-paper");
    return save(await made, "image/svg+xml", figure.dataset.name);
  }

  function pressed(event) {
    const target = event.target.closest("a, button, .m");
    if (!target) {
      if (event.target.matches("dialog.behind")) event.target.close();
    } else if (target.matches(".languages a")) {
      event.preventDefault();
      switchTo(target.lang);
    } else if (target.matches(".m")) {
      if (target.closest("[data-segmentation]")) openCode(rakurs.placeOf(target));
    } else if (target.dataset.segment) {
      event.preventDefault();
      openCode({ by: target.closest("[data-by]")?.dataset.by || chosen.by, segment: target.dataset.segment, code: target.closest("[data-code]").dataset.code });
    } else if (target.dataset.quotes) {
      rakurs.fillWithQuotes(current(), target.textContent, target.closest("li").querySelector("p").textContent, target.dataset.quotes.split(" ")).showModal();
    } else if (target.dataset.take) {
      take(target);
    } else if (target.matches(".close, dialog .number")) {
      target.closest("dialog").close();
    }
  }

  document.addEventListener("click", pressed);
  document.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.(".m[tabindex]");
    if (!mark || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Enter" || event.key === " ") openCode(rakurs.placeOf(mark));
    else if (rakurs.isStep(event.key)) rakurs.step(mark, event.key);
    else return;
    event.preventDefault();
  });
  document.addEventListener("change", (event) => {
    const choice = event.target.closest("[data-choice]");
    if (!choice) return;
    const { choice: what } = choice.dataset;
    if (what === "topic") {
      for (const panel of choice.closest("section").querySelectorAll(".panel")) panel.hidden = panel.dataset.topic !== event.target.value;
      return;
    }
    if (what === "code") {
      if (event.target.value) openCode({ by: chosen.by, segment: chosen.segment, code: event.target.value });
      return;
    }
    chosen[what] = event.target.value;
    if (what === "by") Object.assign(chosen, { segment: "all", with: "" });
    keepAddress();
    show();
  });
  document.addEventListener("toggle", (event) => {
    if (event.target.matches(".quote .asked") && event.target.open) rakurs.tellWho(event.target.closest(".quote"), told(), cells);
  }, true);
  document.addEventListener("input", (event) => {
    if (!event.target.matches(".search input")) return;
    chosen.find = event.target.value.slice(0, 200);
    keepAddress();
    rakurs.search(current(), told(), chosen);
  });
  for (const edition of editions.values()) edition.querySelector("dialog.behind").addEventListener("close", () => {
    chosen.code = "";
    keepAddress();
    for (const picker of edition.querySelectorAll('select[data-choice="code"]')) picker.selectedIndex = 0;
  });
  addEventListener("hashchange", arrive);
  addEventListener("beforeprint", () => {
    for (const each of current().querySelectorAll(".asked-of-all, .box")) each.open = true; // figures tell what tables do
  });

  arrive();
})(globalThis.rakurs = globalThis.rakurs || {});
