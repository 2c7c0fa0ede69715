// Diagrams of what was seen.

// For an axis, where there is little room.
const shortDuration = (seconds) => (seconds < 1 ? `${Number((seconds * 1000).toFixed(1))} ms` : `${seconds} s`);
const perSecond = (rate) => `${rate < 10 ? rate.toFixed(1) : count(Math.round(rate))}/s`;
const charts = {
  rate: { text: perSecond, least: 1, series: [["all", "all", "blue"], ["5xx", "errors", "red"]] },
  latency: {
    text: duration,
    onAxis: shortDuration,
    least: 0.01,
    series: [["50 %", "median", "teal"], ["95 %", "most", "amber"], ["99 %", "nearlyAll", "violet"]],
  },
  load: {
    text: (number) => (Number.isInteger(number) ? count(number) : number.toFixed(1)),
    least: 1,
    series: [["busy", "busy", "blue"], ["waiting", "waiting", "amber"], ["threads", "threads", "grey bound"]],
  },
};

// 1, 2 or 5 with zeros: an end for the axis.
function roundUp(number) {
  const power = 10 ** Math.floor(Math.log10(number));
  return power * [1, 2, 5, 10].find((digit) => digit * power >= number * (1 - 1e-9));
}

const HEIGHT = 150;
const PLOT = { left: 48, right: 6, top: 8, bottom: 18 };
const cursors = new WeakMap(); // figure: where the pointer is, as a part of the plot's width

function linePath(seen, key, x, y) {
  let path = "";
  let isDown = false;
  for (const point of seen) {
    const value = point[key] ?? null;
    if (value !== null) path += `${isDown ? "L" : "M"}${x(point.time).toFixed(1)} ${y(value).toFixed(1)}`;
    // A point without neighbours is a dot.
    if (value !== null && !isDown) path += "h0.1";
    isDown = value !== null;
  }
  return path;
}

function axes(width, top, text, y) {
  const parts = [];
  for (const value of [0, top / 2, top]) {
    const line = { class: "grid", x1: PLOT.left, x2: width - PLOT.right, y1: y(value), y2: y(value) };
    parts.push(drawn("line", line));
    parts.push(drawn("text", { x: PLOT.left - 6, y: y(value) + 3.5, "text-anchor": "end" }, value === 0 ? "0" : text(value)));
  }
  parts.push(drawn("text", { x: PLOT.left, y: HEIGHT - 4 }, `${SHOWN / 60} min ago`));
  parts.push(drawn("text", { x: width - PLOT.right, y: HEIGHT - 4, "text-anchor": "end" }, "now"));
  return parts;
}

function legend(chart, point) {
  const value = (key) => (point[key] === undefined || point[key] === null ? "\u2013" : chart.text(point[key]));
  return element(
    "span",
    { class: "legend" },
    ...chart.series.map(([name, key, colour]) =>
      element("span", {}, element("i", { class: colour }), `${name} `, element("b", {}, value(key))),
    ),
  );
}

function drawChart(figure, seen) {
  const chart = charts[figure.dataset.chart];
  const width = Math.max(200, figure.clientWidth);
  const latest = seen[seen.length - 1];
  const keys = chart.series.map(([, key]) => key);
  const top = roundUp(Math.max(chart.least, ...seen.flatMap((point) => keys.map((key) => point[key] ?? 0))));
  const plotWidth = width - PLOT.left - PLOT.right;
  const x = (time) => PLOT.left + plotWidth * (1 - (latest.time - time) / SHOWN);
  const y = (value) => HEIGHT - PLOT.bottom - (value / top) * (HEIGHT - PLOT.top - PLOT.bottom);
  const parts = axes(width, top, chart.onAxis ?? chart.text, y);
  for (const [, key, colour] of chart.series)
    parts.push(drawn("path", { class: `series ${colour}`, d: linePath(seen, key, x, y) }));

  let told = latest;
  const cursor = cursors.get(figure);
  if (cursor !== undefined) {
    const time = latest.time - SHOWN * (1 - cursor);
    told = seen.reduce((best, point) => (Math.abs(point.time - time) < Math.abs(best.time - time) ? point : best));
    parts.push(drawn("line", { class: "cursor", x1: x(told.time), x2: x(told.time), y1: PLOT.top, y2: HEIGHT - PLOT.bottom }));
  }
  const caption = figure.querySelector("figcaption");
  caption.querySelector(".legend")?.remove();
  caption.append(legend(chart, told));
  const picture = { viewBox: `0 0 ${width} ${HEIGHT}`, role: "img", "aria-label": caption.textContent };
  figure.querySelector("svg")?.remove();
  figure.append(drawn("svg", picture, ...parts));
}

function drawCharts(section) {
  const seen = points.get(section.dataset.group);
  if (!seen) return;
  section.querySelector(".charts").hidden = false;
  for (const figure of section.querySelectorAll("[data-chart]")) drawChart(figure, seen);
}

function followPointer(section) {
  for (const figure of section.querySelectorAll("[data-chart]")) {
    figure.addEventListener("pointermove", (event) => {
      const box = figure.getBoundingClientRect();
      const part = (event.clientX - box.left - PLOT.left) / (box.width - PLOT.left - PLOT.right);
      cursors.set(figure, Math.min(1, Math.max(0, part)));
      if (last) drawCharts(section);
    });
    figure.addEventListener("pointerleave", () => {
      cursors.delete(figure);
      if (last) drawCharts(section);
    });
  }
}
