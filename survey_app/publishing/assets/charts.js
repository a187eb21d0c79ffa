/* Charts: drawn by plotly when they come into view, in the reader's light or dark, in light on paper. */
(function () {
  "use strict";
  const config = { displaylogo: false, displayModeBar: false, scrollZoom: false, responsive: true };
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const drawings = new Map();
  let plotly = null;

  function loadPlotly() {
    plotly = plotly || new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = "plotly.min.js";
      script.onload = () => resolve(window.Plotly);
      script.onerror = reject;
      document.head.append(script);
    });
    return plotly;
  }

  function drawing(chart, shade) {
    const language = chart.closest(".edition").lang;
    if (!drawings.has(language)) {
      drawings.set(language, JSON.parse(document.getElementById(`drawings-${language}`).textContent));
    }
    return structuredClone(drawings.get(language)[chart.dataset.drawing][shade]);
  }

  async function draw(chart) {
    try {
      const [Plotly] = await Promise.all([loadPlotly(), document.fonts.load('13px "Source Sans"', "Aя")]);
      const spec = drawing(chart, dark.matches ? "dark" : "light");
      await Plotly.newPlot(chart, spec.data, spec.layout, config);
    } catch (problem) {
      chart.textContent = chart.dataset.fails;
      chart.classList.add("failed");
      return;
    }
    chart.classList.add("drawn");
    chart.on("plotly_click", (event) => {
      const mark = event.points.map((point) => point.customdata).find(Boolean);
      if (!mark || /^(answers|topics)\//.test(chart.dataset.drawing)) return;
      chart.dispatchEvent(new CustomEvent("mark", { bubbles: true, detail: { code: mark[0], segment: mark[1] } }));
    });
  }

  function redraw(shade) {
    for (const chart of document.querySelectorAll(".chart.drawn")) {
      const spec = drawing(chart, shade);
      window.Plotly.react(chart, spec.data, spec.layout, config);
    }
  }

  const nearby = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      nearby.unobserve(entry.target);
      draw(entry.target);
    }
  }, { rootMargin: "500px" });
  for (const chart of document.querySelectorAll(".chart")) nearby.observe(chart);

  dark.addEventListener("change", () => redraw(dark.matches ? "dark" : "light"));
  addEventListener("beforeprint", () => redraw("light"));
  addEventListener("afterprint", () => redraw(dark.matches ? "dark" : "light"));
})();
