import { CHART_STYLE } from "../../page/chart_style.ts";
import { MARK_STYLE } from "../../page/marks.ts";

const LAYOUT = `
main { max-width: 78rem; padding: 1.4rem 1.4rem 3rem; }
h1 { font-size: 2.1rem; letter-spacing: -0.01em; }
h3 { font-size: 1rem; margin: 0; }
section { margin-top: 2.6rem; scroll-margin-top: 1rem; }
section > h2 { font-size: 1.35rem; letter-spacing: -0.005em; }
figure { scroll-margin-top: 1rem; }
.lead { color: var(--soft); max-width: 62rem; }
.filters { margin-top: 0.3rem; } .filters code { color: var(--ink); background: var(--track); padding: 0.1rem 0.4rem; border-radius: 4px; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.2rem 1.1rem; list-style: none; margin-top: 0.8rem; padding: 0.5rem 0; border-top: 1px solid var(--rule); border-bottom: 1px solid var(--rule); }
.aside, .where, .message, .span, .examples { color: var(--soft); font-size: 0.84rem; font-weight: 400; }
.where, .message, .examples bdi { display: block; }
.unit { color: var(--soft); font-weight: 400; margin-left: 0.35rem; }
.pairs { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 30rem), 1fr)); gap: 1rem; margin-top: 0.8rem; align-items: start; }
.chart { margin-top: 0.8rem; padding: 0.9rem 1.1rem; border-radius: 10px; } .pairs > .chart { margin-top: 0; }
figcaption .aside { display: block; }
.signals { margin: 0.4rem 0 0; padding-left: 1.2rem; font-size: 0.9rem; }
.warnings { margin-top: 0.5rem; padding-left: 1.2rem; } .warnings li + li { margin-top: 0.25rem; }
.definitions { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 0.8rem 2rem; margin-top: 0.8rem; }
.definitions dt { color: var(--ink); font-weight: 600; } .definitions dd { color: var(--soft); font-size: 0.92rem; }
td code { user-select: all; color: var(--ink); }
`;

const TILES = `
.tiles { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 21rem), 1fr)); gap: 1rem; margin-top: 0.8rem; }
.tile { padding: 1rem 1.2rem; display: flex; flex-direction: column; gap: 0.35rem; }
.figures { display: grid; grid-template-columns: repeat(3, auto); gap: 0.5rem 1rem; margin: 0; justify-content: space-between; }
.figures .main { grid-column: 1 / -1; }
.figures dt { font-size: 0.84rem; } .figures b { font-size: 1.3rem; font-variant-numeric: tabular-nums; line-height: 1.2; }
.figures .main b { font-size: 2.9rem; line-height: 1.05; letter-spacing: -0.02em; margin-right: 0.5rem; }
.statuses { display: flex; flex-wrap: wrap; gap: 0 0.9rem; }
`;

const DRAWINGS = `
.days .plot { height: 230px; } .plot { margin-left: 3.4rem; }
.units { fill: var(--track); } .days .units { fill: var(--units); }
.whiskers { stroke: var(--s0); stroke-width: 1.6; opacity: 0.55; fill: none; vector-effect: non-scaling-stroke; }
.thread { stroke: var(--s0); stroke-width: 1.4; fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.points { stroke: var(--s0); stroke-width: 7; stroke-linecap: round; fill: none; vector-effect: non-scaling-stroke; }
.inner { fill: var(--ink); font-size: 11.5px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; font-variant-numeric: tabular-nums; }
.inner.number { font-weight: 700; }
.rate { display: block; overflow: visible; }
.rail { stroke: var(--track); stroke-width: 6; stroke-linecap: round; } .interval { stroke: var(--s0); stroke-width: 3; opacity: 0.6; stroke-linecap: round; }
.point { fill: var(--s0); }
.forbidden { fill: var(--bad); opacity: 0.1; }
.limit { stroke: var(--bad); stroke-width: 1.6; fill: none; vector-effect: non-scaling-stroke; }
.mean { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 7 4; fill: none; vector-effect: non-scaling-stroke; }
.sigma { fill: none; stroke-width: 1.2; stroke-dasharray: 2 4; vector-effect: non-scaling-stroke; }
.drift { fill: var(--drift); stroke-width: 1.4; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.histogram { display: block; } .bars, .beyond { fill: var(--s0); } .floor { stroke: var(--soft); stroke-width: 1; }
.pareto-bar { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.pareto .bar { fill: var(--s0); opacity: 0.75; } .pareto .thread { stroke: var(--s1); } .pareto .point { fill: var(--s1); }
.ring-sample { fill: none; stroke: var(--bad); stroke-width: 2; }
:root { --units: #cfd5dc; --drift: rgb(230 159 0 / 0.16); }
@media screen and (prefers-color-scheme: dark) { :root { --units: #454d56; --drift: rgb(240 192 74 / 0.16); } }
`;

const TABLES = `
table { margin-top: 0.7rem; } td.number { font-weight: 400; } td.number b { font-weight: 700; }
tbody th { font-weight: 600; } th:last-child, td:last-child { padding-right: 0; }
.pareto th:first-child { width: 44%; } .pareto td.drawn { position: relative; padding: 0; min-width: 5rem; }
.pareto th, .pareto td { padding-top: 0.4rem; padding-bottom: 0.4rem; } .pareto td.number { padding-left: 0.9rem; } .pareto th.number { white-space: nowrap; }
.capability .drawn { width: 172px; } .capability .ppk .aside { margin-left: 0.3rem; } .capability b { font-size: 1.05rem; }
.limits { white-space: nowrap; } .verdict, .state { color: var(--tone); font-weight: 600; white-space: nowrap; } .state.quiet { font-weight: 400; }
.stands .drawn { width: 34%; padding-left: 0.6rem; padding-right: 1.4rem; } .stands .group th { padding-top: 0.9rem; color: var(--soft); font-weight: 600; }
.stands .range { color: var(--soft); }
.attempts { max-width: 22rem; } .attempt { white-space: nowrap; margin-right: 0.7rem; }
.runs td, .runs th { padding-top: 0.15rem; padding-bottom: 0.15rem; } .runs .time, .units .time { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.cause { font-size: 0.9rem; }
`;

/** Tables become blocks: each row keeps its words together, and nothing scrolls sideways. */
const NARROW = `
@media screen and (max-width: 46rem) {
  main { padding: 1rem 0.9rem 2rem; } h1 { font-size: 1.6rem; } section { margin-top: 2rem; }
  .chart { padding: 0.7rem 0.8rem; } .plot { margin-right: 0.3rem; }
  .pareto .share, .pareto .first, .pareto th:nth-child(4), .pareto th:nth-child(6) { display: none; }
  .pareto th:first-child { width: 50%; } .pareto td.number { padding-left: 0.5rem; padding-right: 0; } .pareto td.drawn { min-width: 4rem; }
  .capability thead, .stands thead, .units thead, .runs thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .capability tr, .stands tr, .units tr, .runs tr { display: flex; flex-wrap: wrap; gap: 0 0.9rem; padding: 0.5rem 0; align-items: baseline; }
  .capability td, .capability th, .stands td, .stands th, .units td, .units th, .runs td, .runs th { padding: 0; width: auto; white-space: normal; }
  .capability th[scope="row"], .capability .drawn, .units th[scope="row"], .stands .drawn, .stands th[scope="row"], .command, .units .cause:not(:empty) { flex: 1 0 100%; }
  .capability .n::before { content: "n "; } .capability .ppk::before { content: "Ppk "; } .capability .cpk::before { content: "Cpk "; } .capability .outside::before { content: "outside "; }
  .capability .limits::before { content: "limits "; } .stands .final::before { content: "final "; } .stands .units::after { content: " units"; } .stands .runs::after { content: " runs"; } .stands .time::before { content: "median "; }
  .capability td::before, .stands td::before, .stands td::after { color: var(--soft); font-weight: 400; }
  .stands .drawn { padding: 0.2rem 0.4rem; } .runs th, .units th { order: -1; } .runs .cause:empty { display: none; } }
`;

const PRINT = `
@media print {
  main { padding: 0; } nav, .fold { display: none; } section { margin-top: 1.4rem; }
  .pairs, .tiles { gap: 0.6rem; } .chart, .tile, .definitions > div, .signals li, .warnings li { break-inside: avoid; }
  section > h2, .lead, h3, .group, figcaption { break-after: avoid; } .tiles { grid-template-columns: repeat(3, 1fr); } .figures .main b { font-size: 22pt; }
  .days .plot, .plot { height: 170px; } .pairs { grid-template-columns: 1fr 1fr; } .capability .drawn { width: 110px; } .histogram { width: 100px; height: auto; }
  .attempts { max-width: none; } table { font-size: 8.5pt; } .stands .drawn { width: 24%; } }
`;

/** The style of the page of many runs, beside that of every page. */
export const STATISTICS_STYLE: string = CHART_STYLE + MARK_STYLE + LAYOUT +
  TILES + DRAWINGS + TABLES + NARROW + PRINT;
