// Draws <div data-chart='{"kind": "line", "labels": […], "series": [{"name": …, "values": […]}]}'> over the
// server's own picture. kind: bar, line, pie. The table beside the chart stays the accessible reading.
import { BarChart, LineChart, PieChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";

echarts.use([BarChart, LineChart, PieChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const palette = () => ["--bar", "--accent"].map(token).concat("#7c9a3c", "#b08a2e", "#7d6aa6", token("--border-strong"));

function options({ kind, labels, series, unit = "" }) {
  const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const text = { color: token("--body-color"), fontSize: size, fontFamily: getComputedStyle(document.body).fontFamily };
  const axis = { axisLabel: text, axisLine: { lineStyle: { color: token("--border-strong") } }, splitLine: { lineStyle: { color: token("--border-color") } } };
  const common = {
    color: palette(),
    textStyle: text,
    aria: { enabled: true },
    animation: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    legend: { show: series.length > 1 || kind === "pie", textStyle: text, bottom: 0 },
    // Rich text, because the default tip writes style attributes, which our CSP forbids.
    tooltip: { renderMode: "richText", trigger: kind === "pie" ? "item" : "axis", valueFormatter: (value) => `${value.toLocaleString("zh-CN")}${unit}` },
  };
  if (kind === "pie") {
    const data = labels.map((name, i) => ({ name, value: series[0].values[i] }));
    return { ...common, series: [{ type: "pie", radius: ["45%", "70%"], label: text, data }] };
  }
  return {
    ...common,
    grid: { left: 8, right: 8, top: 16, bottom: series.length > 1 ? 40 : 8, containLabel: true },
    xAxis: { type: "category", data: labels, ...axis },
    yAxis: { type: "value", ...axis },
    series: series.map(({ name, values }) => ({ type: kind, name, data: values, barMaxWidth: 36 })),
  };
}

export function draw(element) {
  const fallback = element.querySelector("[data-chart-fallback]");
  const canvas = document.createElement("div");
  canvas.className = "chart-canvas";
  element.append(canvas);
  if (fallback) fallback.hidden = true;
  const data = JSON.parse(element.dataset.chart);
  const chart = echarts.init(canvas, null, { renderer: "svg" });
  const repaint = () => chart.setOption(options(data), true);
  repaint();
  new ResizeObserver(() => chart.resize()).observe(canvas);
  new MutationObserver(repaint).observe(document.documentElement, { attributeFilter: ["data-theme", "class"] });
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", repaint);
}
