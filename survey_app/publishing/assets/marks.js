/* Figures that can be read mark by mark: with the pointer, and with the keyboard as one stop and arrows inside. */
(function (rakurs) {
  "use strict";
  const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  const marksOf = (svg) => Array.from(svg.querySelectorAll(".m")).filter((mark) => mark.closest("[data-code]"));

  /* What the mark is, in words. */
  function nameOf(mark, svg, told, cells, by) {
    const { code } = mark.closest("[data-code]").dataset;
    const segment = mark.dataset.segment || svg.dataset.segment;
    const cell = cells[by]?.[segment]?.[code];
    const count = cell && cell[0] !== null ? rakurs.filled(told.words.k_of_n, { k: cell[0], n: cell[1] }) : told.words.hidden;
    return `${told.codes[code]}, ${told.segments[by][segment]}: ${count}`;
  }

  /* Make the marks of every figure inside buttons; each figure is done once. */
  rakurs.animate = function (place, told, cells) {
    for (const figure of place.querySelectorAll(".figure:not([data-alive])")) {
      figure.dataset.alive = "";
      for (const svg of figure.querySelectorAll("svg")) {
        const title = svg.querySelector("title");
        svg.setAttribute("aria-label", title.textContent);
        title.remove();
        const marks = figure.dataset.segmentation ? marksOf(svg) : [];
        if (marks.length) svg.setAttribute("role", "group");
        marks.forEach((mark, place) => {
          mark.setAttribute("role", "button");
          mark.setAttribute("tabindex", place ? "-1" : "0");
          mark.setAttribute("aria-label", nameOf(mark, svg, told, cells, figure.dataset.segmentation));
        });
      }
    }
  };

  rakurs.placeOf = function (mark) {
    const svg = mark.closest("svg");
    return { code: mark.closest("[data-code]").dataset.code, segment: mark.dataset.segment || svg.dataset.segment, by: mark.closest(".figure").dataset.segmentation };
  };

  /* In a table of tiles up and down stay in the column. */
  rakurs.step = function (mark, key) {
    const marks = marksOf(mark.closest("svg"));
    const columns = new Set(marks.map((each) => each.dataset.segment || "")).size;
    const wide = /Up|Down/.test(key) ? columns : 1;
    const next = marks[marks.indexOf(mark) + KEYS[key] * wide];
    if (!next) return;
    mark.setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  };

  rakurs.isStep = (key) => key in KEYS;
})(globalThis.rakurs = globalThis.rakurs || {});
