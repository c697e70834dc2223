import { CHART_STYLE } from "../../page/chart_style.ts";
import { MARK_STYLE } from "../../page/marks.ts";

const LAYOUT = `
main { max-width: 78rem; padding: 1.4rem 1.4rem 3rem; }
h1 { font-size: 2.1rem; letter-spacing: -0.01em; }
h3 { font-size: 1rem; margin: 0; }
section { margin-top: 2.6rem; scroll-margin-top: 1rem; }
section > h2 { font-size: 1.35rem; letter-spacing: -0.005em; }
figure { scroll-margin-top: 1rem; }
.lead { color: var(--soft); max-width: 70rem; }
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
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem; margin-top: 0.8rem; }
.tile { padding: 1rem 1.2rem; display: flex; flex-direction: column; gap: 0.35rem; }
.figures { display: flex; flex-wrap: wrap; gap: 0.4rem 2.4rem; margin: 0; align-items: end; }
.figures .main { flex: 1 0 100%; } .figures dd { white-space: nowrap; }
.figures dt { font-size: 0.84rem; } .figures b { font-size: 1.3rem; font-variant-numeric: tabular-nums; line-height: 1.2; }
.figures .main b { font-size: 2.9rem; line-height: 1.05; letter-spacing: -0.02em; margin-right: 0.5rem; }
.statuses { display: flex; flex-wrap: wrap; gap: 0 0.9rem; }
`;

const DRAWINGS = `
.days .plot { height: 230px; } .plot { margin-left: 3.4rem; }
.days .units { fill: var(--units); }
.whiskers { stroke: var(--s0); stroke-width: 1.6; opacity: 0.55; fill: none; vector-effect: non-scaling-stroke; }
.thread { stroke: var(--s0); stroke-width: 1.4; fill: none; vector-effect: non-scaling-stroke; stroke-linejoin: round; }
.points { stroke: var(--s0); stroke-width: 7; stroke-linecap: round; fill: none; vector-effect: non-scaling-stroke; }
.inner { fill: var(--ink); font-size: 11.5px; paint-order: stroke; stroke: var(--card); stroke-width: 3px; font-variant-numeric: tabular-nums; }
.inner.number { font-weight: 700; }
.rate { display: block; overflow: visible; }
.rail { stroke: var(--track); stroke-width: 6; stroke-linecap: round; } .interval { stroke: var(--s0); stroke-width: 3; opacity: 0.6; stroke-linecap: round; }
.point { fill: var(--s0); }
.all { fill: var(--track); } .half { fill: var(--half); }
.forbidden { fill: var(--bad); opacity: 0.1; }
.limit { stroke: var(--bad); stroke-width: 1.6; fill: none; vector-effect: non-scaling-stroke; }
.mean { stroke: var(--ink); stroke-width: 1.2; stroke-dasharray: 7 4; fill: none; vector-effect: non-scaling-stroke; }
.sigma { fill: none; stroke-width: 1.2; stroke-dasharray: 2 4; vector-effect: non-scaling-stroke; }
.drift { fill: var(--drift); stroke-width: 1.4; stroke-dasharray: 4 3; vector-effect: non-scaling-stroke; }
.histogram { display: block; } .bars, .beyond { fill: var(--s0); } .floor { stroke: var(--soft); stroke-width: 1; }
.pareto-bar { position: absolute; inset: 0; width: 100%; height: 100%; overflow: visible; }
.pareto .bar { fill: var(--s0); opacity: 0.75; } .pareto .thread { stroke: var(--s1); } .pareto .point { fill: var(--s1); }
.ring-sample { fill: none; stroke: var(--bad); stroke-width: 2; }
:root { --units: #cfd5dc; --half: #bcd7ea; --drift: rgb(230 159 0 / 0.16); }
@media screen and (prefers-color-scheme: dark) { :root { --units: #454d56; --half: #2c4a5e; --drift: rgb(240 192 74 / 0.16); } }
`;

const TABLES = `
.card > table { margin-top: 0; } section > .card { margin-top: 0.8rem; } tbody tr:last-child td, tbody tr:last-child th { border-bottom: 0; }
.legend { font-size: 0.84rem; } td.number { font-weight: 400; } td.number b { font-weight: 700; }
tbody th { font-weight: 600; } th:last-child, td:last-child { padding-right: 0; }
.pareto th:first-child { width: 34%; } .pareto th:nth-child(2) { width: 36%; } .pareto td.drawn { position: relative; padding: 0; }
.pareto th, .pareto td { padding-top: 0.4rem; padding-bottom: 0.4rem; } .pareto td.number { padding-left: 0.9rem; } .pareto th.number { white-space: nowrap; }
.capability .drawn { width: 172px; } .capability .ppk .aside { margin-left: 0.3rem; } .capability b { font-size: 1.05rem; }
.limits { min-width: 6.5rem; } .verdict, .state { color: var(--tone); font-weight: 600; white-space: nowrap; } .state.quiet { font-weight: 400; }
.stands .drawn { width: 34%; padding-left: 0.6rem; padding-right: 1.4rem; } .stands .group th { padding-top: 0.9rem; color: var(--soft); font-weight: 600; }
.stands .range { color: var(--soft); }
.attempts { max-width: 22rem; } .attempt { display: inline-block; margin-right: 0.7rem; }
.run-list { font-size: 0.87rem; } .run-list td, .run-list th { padding-top: 0.12rem; padding-bottom: 0.12rem; } .run-list tbody th { min-width: 9rem; } .run-list .command { width: 34%; } .run-list .cause { width: 20%; } .run-list .stand, .run-list .product { color: var(--soft); } .run-list .time, .unit-list .time { white-space: nowrap; font-variant-numeric: tabular-nums; }
.unit-list td.cause { font-size: 0.9rem; }
`;

/** Tables become blocks: each row keeps its words together, and nothing scrolls sideways. */
const NARROW = `
@media screen and (max-width: 60rem) {
  main { padding: 1rem 0.9rem 2rem; } h1 { font-size: 1.6rem; } section { margin-top: 2rem; }
  .chart { padding: 0.7rem 0.8rem; } .plot { margin-right: 0.3rem; }
  .pareto .share, .pareto .first, .pareto th:nth-child(4), .pareto th:nth-child(6) { display: none; }
  .pareto th:first-child { width: 42%; } .pareto th:nth-child(2) { width: 30%; }
  .m0, .m2 { stroke-width: 4.5; } .m4, .m6 { stroke-width: 5.5; } .m4.inside, .m6.inside { stroke-width: 2.4; } .pareto td.number { padding-left: 0.5rem; padding-right: 0; } .pareto td.drawn { min-width: 4rem; }
  .capability thead, .stands thead, .unit-list thead, .run-list thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .capability tr, .stands tr, .unit-list tr, .run-list tr { display: flex; flex-wrap: wrap; gap: 0 0.9rem; padding: 0.5rem 0; align-items: baseline; }
  .capability td, .capability th, .stands td, .stands th, .unit-list td, .unit-list th, .run-list td, .run-list th { padding: 0; width: auto; white-space: normal; }
  .capability th[scope="row"], .capability .drawn, .unit-list th[scope="row"], .stands .drawn, .stands th[scope="row"], .command, .unit-list .cause:not(:empty) { flex: 1 0 100%; }
  .capability .n::before { content: "n "; } .capability .ppk::before { content: "Ppk "; } .capability .cpk::before { content: "Cpk "; } .capability .outside::before { content: "outside "; }
  .capability .limits::before { content: "limits "; } .stands .final::before { content: "final "; } .stands .units::after { content: " units"; } .stands .runs::after { content: " runs"; } .stands .time::before { content: "median "; }
  .capability td::before, .stands td::before, .stands td::after { color: var(--soft); font-weight: 400; }
  .stands .drawn { padding: 0.2rem 0.4rem; } .run-list th, .unit-list th { order: -1; } .run-list .cause:empty { display: none; } }
`;

const PRINT = `
@media print {
  main { padding: 0; } nav, .fold { display: none; } section { margin-top: 1.4rem; }
  .pairs, .tiles { gap: 0.6rem; } .chart, .tile, .definitions > div, .signals li, .warnings li { break-inside: avoid; }
  section > h2, .lead, h3, .group, figcaption { break-after: avoid; } .tiles { grid-template-columns: repeat(auto-fit, minmax(14rem, 1fr)); } .definitions { grid-template-columns: 1fr 1fr; gap: 0.4rem 1.2rem; } .lead { break-inside: avoid; } .figures .main b { font-size: 22pt; }
  .days .plot, .plot { height: 170px; } .pairs { display: block; } .pairs > * { display: inline-block; vertical-align: top; width: 49%; margin: 0 0.6% 0.6rem 0; } .capability .drawn { width: 110px; } .histogram { width: 100px; height: auto; }
  .sheet { break-inside: auto; border: 0; padding: 0; }
  table { font-size: 8.5pt; } .stands .drawn { width: 24%; } .attempts { max-width: none; }
  .run-list { font-size: 7pt; } .run-list tbody th { min-width: 5rem; } .run-list td, .run-list th { padding-right: 0.5rem; } .run-list .command { width: 30%; } .run-list .sign, .aside, .where, .message, .span { font-size: 1em; } }
`;

/** The style of the page of many runs, beside that of every page. */
export const STATISTICS_STYLE: string = CHART_STYLE + MARK_STYLE + LAYOUT +
  TILES + DRAWINGS + TABLES + NARROW + PRINT;
