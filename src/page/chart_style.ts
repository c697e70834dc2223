/** Okabe and Ito's colours, which all eyes can tell apart; the dashes help on paper. */
const LIGHT = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#b0478a",
  "#1b1f24",
  "#b07800",
  "#3a9bd9",
  "#7f7f7f",
];
const DARK = [
  "#56b4e9",
  "#ff9a52",
  "#2fd0a0",
  "#e29ac5",
  "#f0f0f0",
  "#f0c04a",
  "#9ad0f5",
  "#a6a6a6",
];
const DASHES = [
  "none",
  "9 4",
  "2 4",
  "12 3 2 3",
  "6 3",
  "1 3",
  "14 5",
  "4 2 1 2",
];

function variables(colours: readonly string[]): string {
  return colours.map((colour, index) => `--s${index}: ${colour};`).join(" ");
}

const SERIES = DASHES.map((dash, index) =>
  `.s${index} { stroke: var(--s${index}); }\n` +
  (dash === "none" ? "" : `.line.s${index} { stroke-dasharray: ${dash}; }\n`)
).join("");

export const CHART_STYLE: string = `
:root { ${variables(LIGHT)} }
@media screen and (prefers-color-scheme: dark) { :root { ${variables(DARK)} } }
.chart { border: 1px solid var(--rule); border-radius: 8px; padding: 0.7rem 0.9rem; background: var(--card); }
figcaption { font-weight: 600; }
.plot { height: 260px; margin: 0.3rem 0.8rem 1.4rem 4.2rem; }
.axes { overflow: visible; display: block; border-left: 1px solid var(--soft); border-bottom: 1px solid var(--soft); }
.grid { stroke: var(--rule); stroke-width: 1; }
.tick { fill: var(--soft); font-size: 12px; font-variant-numeric: tabular-nums; }
.x-label { text-align: center; padding-left: 3rem; }
.x-label, .y-label { color: var(--soft); font-size: 0.87rem; }
.line, .dots { fill: none; }
path.line { stroke-width: 1.7; vector-effect: non-scaling-stroke; stroke-linejoin: round; stroke-linecap: round; }
path.dots { stroke-width: 6; vector-effect: non-scaling-stroke; stroke-linecap: round; }
.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.2rem; list-style: none; margin-top: 0.4rem; font-size: 0.9rem; }
.legend li { display: flex; gap: 0.4rem; align-items: center; }
${SERIES}`;
