/* What a reader does on the page: the language, the segment, the words behind a number. The address holds the choice:
   #<language>/<place>?segment=<key>. Text is only ever set as text. */
(function () {
  "use strict";
  const root = document.documentElement;
  const editions = new Map(Array.from(document.querySelectorAll(".edition"), (edition) => [edition.lang, edition]));
  const narrow = matchMedia("(max-width: 44rem)");
  const chosen = { language: root.dataset.first, segment: "all" };
  root.classList.add("scripted");

  const current = () => editions.get(chosen.language);

  function address(place) {
    const segment = chosen.segment === "all" ? "" : `?segment=${encodeURIComponent(chosen.segment)}`;
    return `#${chosen.language}${place ? `/${place}` : ""}${segment}`;
  }

  function readable(text) {
    try {
      return decodeURIComponent(text);
    } catch (problem) {
      return text;
    }
  }

  function fromAddress() {
    const found = /^#([a-z]{2})(?:\/([^?]*))?(?:\?segment=(.*))?$/.exec(readable(location.hash)) || [];
    if (editions.has(found[1])) chosen.language = found[1];
    const segment = found[3] || "all";
    if (current().querySelector(`input[value="${CSS.escape(segment)}"]`)) chosen.segment = segment;
    return found[2] || "";
  }

  function show() {
    const edition = current();
    root.dataset.language = chosen.language;
    root.lang = chosen.language;
    document.title = edition.dataset.title;
    for (const each of editions.values()) chooseSegment(each);
  }

  function chooseSegment(edition) {
    for (const input of edition.querySelectorAll('[data-choice="segment"] input')) input.checked = input.value === chosen.segment;
    for (const panel of edition.querySelectorAll(".panel[data-segment]")) panel.hidden = panel.dataset.segment !== chosen.segment;
    for (const box of edition.querySelectorAll(".box")) {
      let left = 0;
      for (const quote of box.querySelectorAll(".quote")) {
        quote.hidden = chosen.segment !== "all" && quote.dataset.segment !== chosen.segment;
        left += quote.hidden ? 0 : 1;
      }
      box.querySelector(".none").hidden = left > 0;
    }
  }

  /* Bring a place into view, opening whatever it is folded into. */
  function goTo(place) {
    const target = document.getElementById(`${chosen.language}/${place}`);
    if (!target) return;
    if (target.matches("details")) target.open = true;
    for (let each = target.parentElement; each; each = each.parentElement) if (each.matches("details")) each.open = true;
    if (target.hidden) {
      chosen.segment = "all";
      show();
    }
    target.scrollIntoView();
  }

  /* The chapter at the top of the window, and how far from the top it is: kept when the language changes. */
  function whereNow() {
    const passed = Array.from(current().querySelectorAll("main > section[id]")).filter((each) => each.getBoundingClientRect().top < innerHeight / 2);
    const section = passed[passed.length - 1];
    return section ? { id: section.id.slice(3), top: section.getBoundingClientRect().top } : null;
  }

  function switchTo(language) {
    const place = whereNow();
    chosen.language = language;
    history.replaceState(null, "", address(""));
    show();
    const section = place && document.getElementById(`${language}/${place.id}`);
    if (section) scrollTo({ top: scrollY + section.getBoundingClientRect().top - place.top, behavior: "instant" });
    current().querySelector(`.languages a[lang="${language}"]`).focus({ preventScroll: true });
  }

  /* The released quotes with this code, or one under it, of this segment. */
  function showWords(code, segment) {
    const edition = current();
    const seen = new Set();
    const dialog = edition.querySelector("dialog.behind");
    const held = dialog.querySelector(".held");
    held.replaceChildren();
    for (const quote of edition.querySelectorAll(`.quote[data-kind="session"][data-codes~="${CSS.escape(code)}"]`)) {
      if (seen.has(quote.dataset.number) || (segment !== "all" && quote.dataset.segment !== segment)) continue;
      seen.add(quote.dataset.number);
      const copy = quote.cloneNode(true);
      copy.removeAttribute("id");
      copy.hidden = false;
      held.append(copy);
    }
    if (!seen.size) held.append(dialog.dataset.none);
    const where = dialog.querySelector(".where");
    const whose = document.createElement("small");
    whose.textContent = edition.querySelector(`[data-choice="segment"] input[value="${CSS.escape(segment)}"] + span`).firstChild.textContent.trim();
    where.replaceChildren(nameOf(edition, code), whose);
    dialog.showModal();
    dialog.scrollTop = 0;
  }

  function nameOf(edition, code) {
    const names = JSON.parse(document.getElementById(`codes-${edition.lang}`).textContent);
    return names[code] || code;
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a, button");
    if (!link) {
      if (event.target.matches("dialog.behind")) event.target.close();
    } else if (link.matches(".languages a")) {
      event.preventDefault();
      switchTo(link.lang);
    } else if (link.matches(".behind-it")) {
      event.preventDefault();
      showWords(link.dataset.code, link.dataset.segment);
    } else if (link.matches(".close")) {
      link.closest("dialog").close();
    } else if (link.matches("dialog .number")) {
      link.closest("dialog").close();
    }
  });
  document.addEventListener("change", (event) => {
    const choice = event.target.closest("[data-choice]");
    if (!choice) return;
    if (choice.dataset.choice === "segment") {
      chosen.segment = event.target.value;
      history.replaceState(null, "", address(""));
      chooseSegment(current());
    } else {
      for (const panel of choice.closest("section").querySelectorAll(".panel")) panel.hidden = panel.dataset.root !== event.target.value;
    }
  });
  document.addEventListener("mark", (event) => showWords(event.detail.code, event.detail.segment));
  addEventListener("hashchange", () => {
    const place = fromAddress();
    show();
    goTo(place);
  });
  addEventListener("beforeprint", () => {
    for (const each of current().querySelectorAll("details")) each.open = true;
  });

  const place = fromAddress();
  show();
  if (narrow.matches) for (const table of document.querySelectorAll(".panel > .numbers")) table.open = true;
  if (place) goTo(place);
})();
