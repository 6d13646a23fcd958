// The chart library is large and most pages have no chart: it is fetched only where one waits.
const source = document.querySelector('meta[name="charts-source"]')?.content;

async function enhance(within) {
  const charts = within.querySelectorAll("[data-chart]:not([data-chart-drawn])");
  if (!charts.length || !source) return;
  // Marked before the wait, so that a second call meanwhile does not draw them again.
  charts.forEach((chart) => (chart.dataset.chartDrawn = ""));
  const { draw } = await import(source);
  charts.forEach(draw);
}

enhance(document);
document.addEventListener("htmx:load", ({ detail }) => enhance(detail.elt));
