/* Charts read the table beside them: <canvas data-chart="line|bar" data-source="table-id">. Colours are tokens, read
   when drawing, so a change of theme draws again. */
import { script } from "./assets.js";

const SHAPES = { central: "circle", local: "rect", private: "triangle", foreign: "rectRot" };
const PLAIN = ["--ink", "--ink-2", "--ink-3", "--edge"];
const PLAIN_SHAPES = ["circle", "rect", "triangle", "rectRot"];
const LABEL_HEIGHT = 15;

const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/* "1 284,5" or "1,284.5" → 1284.5: the machine's value stands in data-value where the text is formatted. */
const figure = (cell) => Number(cell.dataset.value ?? cell.textContent.replace("−", "-").replace(/[^\d.-]/g, ""));

/* Rows marked data-series (a group of ownership, or empty) are drawn; totals and notes are not. */
function read(table) {
  const labels = [...table.tHead.rows[0].cells].slice(1).map((cell) => cell.textContent.trim());
  const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.series !== undefined);
  const series = rows.map((row, index) => {
    const group = row.dataset.series;
    const known = group in SHAPES;
    const colour = token(known ? `--own-${group}` : PLAIN[index % PLAIN.length]);
    return {
      label: row.cells[0].textContent.trim(),
      data: [...row.cells].slice(1).map(figure),
      borderColor: colour,
      backgroundColor: colour,
      pointStyle: known ? SHAPES[group] : PLAIN_SHAPES[index % PLAIN_SHAPES.length],
      pointRadius: 5,
      borderWidth: 2,
      tension: 0,
    };
  });
  return { labels, datasets: series };
}

/* Lines are labelled at their end instead of in a legend; labels push each other apart. */
const endLabels = {
  id: "endLabels",
  afterDatasetsDraw(chart) {
    const pen = chart.ctx;
    pen.font = `12.5px ${window.Chart.defaults.font.family}`;
    pen.textBaseline = "middle";
    pen.fillStyle = token("--ink");
    const ends = chart.data.datasets
      .map((set, index) => ({ text: set.label, point: chart.getDatasetMeta(index).data.at(-1) }))
      .filter((end) => end.point)
      .map((end) => ({ text: end.text, x: end.point.x, y: end.point.y }))
      .sort((one, other) => one.y - other.y);
    ends.forEach((end, index) => {
      if (index && end.y - ends[index - 1].y < LABEL_HEIGHT) end.y = ends[index - 1].y + LABEL_HEIGHT;
      pen.fillText(end.text, end.x + 12, end.y);
    });
  },
};

function roomForLabels(canvas, datasets) {
  const pen = canvas.getContext("2d");
  pen.font = `12.5px ${window.Chart.defaults.font.family}`;
  return Math.max(0, ...datasets.map((set) => pen.measureText(set.label).width)) + 20;
}

function draw(canvas) {
  const table = document.getElementById(canvas.dataset.source);
  if (!table) return;
  window.Chart.getChart(canvas)?.destroy();
  window.Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
  window.Chart.defaults.color = token("--ink-2");
  const kind = canvas.dataset.chart;
  const data = read(table);
  const stacked = kind === "bar";
  new window.Chart(canvas, {
    type: kind,
    data,
    options: {
      animation: false,
      maintainAspectRatio: false,
      interaction: { mode: "index", intersect: false },
      layout: { padding: { top: 8, right: stacked ? 0 : roomForLabels(canvas, data.datasets) } },
      plugins: { legend: { display: stacked, labels: { usePointStyle: true } } },
      scales: {
        x: { stacked, grid: { display: false }, border: { color: token("--edge") } },
        y: {
          stacked,
          beginAtZero: true,
          grid: { color: token("--line") },
          border: { display: false },
          ticks: { precision: 0, maxTicksLimit: 5 },
        },
      },
    },
    plugins: stacked ? [] : [endLabels],
  });
}

export async function enhanceCharts(root) {
  const canvases = [...root.querySelectorAll("canvas[data-chart]")];
  if (!canvases.length) return;
  await script("srcChart");
  canvases.forEach(draw);
}

document.addEventListener("themechange", () => {
  if (window.Chart) document.querySelectorAll("canvas[data-chart]").forEach(draw);
});
