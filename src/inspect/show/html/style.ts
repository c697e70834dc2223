import { CHART_STYLE } from "./chart_style.ts";

const COLOURS = `
:root { color-scheme: light dark;
  --page: #f4f5f7; --card: #fff; --ink: #1b1f24; --soft: #59626d; --rule: #dde1e6;
  --good: #16703f; --good-tint: #e3f4ea; --bad: #b3261e; --bad-tint: #fdeceb;
  --warn: #8a5200; --warn-tint: #fdf1dc; --band: #b9dcc7; --track: #e6e9ed; --link: #0b57a4; }
@media screen and (prefers-color-scheme: dark) { :root {
  --page: #14171a; --card: #1d2125; --ink: #e8eaed; --soft: #a3adb8; --rule: #343a41;
  --good: #6fd3a0; --good-tint: #17301f; --bad: #ff9189; --bad-tint: #3a1d1b;
  --warn: #f0b75a; --warn-tint: #33270f; --band: #2f6145; --track: #30363c; --link: #8ec3ff; } }
`;

const LAYOUT = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 64rem; margin: 0 auto; padding: 1rem; }
article + article { margin-top: 3rem; }
h1, h2, p, dl, dd, figure, ul { margin: 0; padding: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.05rem; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.86em; }
code { color: var(--soft); font-weight: 400; }
pre { margin: 0.4rem 0 0; white-space: pre-wrap; color: var(--soft); }
.note { color: var(--soft); font-size: 0.87rem; margin-top: 0.4rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.banner { display: flex; gap: 0.6rem 1.4rem; align-items: center; flex-wrap: wrap; padding: 1.1rem 1.3rem;
  border-radius: 10px; background: var(--card); border: 1px solid var(--rule); border-left: 10px solid var(--tone); }
.banner > div { flex: 1 1 18rem; }
.status { font-size: 1.5rem; font-weight: 700; color: var(--tone); background: var(--tint); padding: 0.3rem 1rem; border-radius: 8px; }
.device, .totals { display: flex; flex-wrap: wrap; gap: 0 1.2rem; }
.totals { color: var(--soft); font-size: 0.9rem; }
.good { --tone: var(--good); --tint: var(--good-tint); }
.bad { --tone: var(--bad); --tint: var(--bad-tint); }
.warn { --tone: var(--warn); --tint: var(--warn-tint); }
.quiet { --tone: var(--soft); --tint: var(--track); }
.cause { margin-top: 1rem; padding: 1rem 1.3rem; border-radius: 10px; background: var(--tint); border: 1px solid var(--tone); }
.cause h2 { color: var(--tone); }
.cause .place { font-size: 1.2rem; font-weight: 600; display: flex; flex-wrap: wrap; gap: 0 0.8rem; align-items: baseline; }
.cause .code { font-size: 0.9rem; color: var(--tone); }
.assertion { font-weight: 600; margin-top: 0.3rem; white-space: pre-wrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0.8rem; margin-top: 1rem; }
.card, .cases { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
.card { padding: 0.8rem 1.1rem; }
dl { display: grid; grid-template-columns: minmax(6.2rem, auto) 1fr; gap: 0.1rem 0.9rem; margin-top: 0.3rem; }
dt { color: var(--soft); } dd { min-width: 0; }
.module { margin-top: 1.6rem; }
.module h2 { display: flex; gap: 0 0.7rem; align-items: baseline; flex-wrap: wrap; margin-bottom: 0.4rem; }
.sign { color: var(--tone); font-weight: 600; white-space: nowrap; font-size: 0.9rem; }
.time { color: var(--soft); font-size: 0.87rem; font-weight: 400; white-space: nowrap; margin-left: auto; }
.cases > * + * { border-top: 1px solid var(--rule); }
.cases > .note { padding: 0.4rem 1.1rem; margin: 0; }
.line { display: grid; grid-template-columns: 5.6rem minmax(0, 1fr) auto 7.5rem; gap: 0.2rem 0.8rem; padding: 0.45rem 1.1rem 0.45rem 1.9rem; align-items: baseline; }
.glance { color: var(--soft); font-size: 0.87rem; text-align: right; }
.line .time { text-align: right; }
summary { cursor: pointer; }
summary.line { position: relative; list-style: none; }
summary.line::-webkit-details-marker { display: none; }
summary.line::before { content: "▸"; position: absolute; left: 0.8rem; top: 0.45rem; color: var(--soft); }
details[open] > summary.line::before { content: "▾"; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
.case.bad, .case.warn { background: var(--tint); }
.cases > :first-child { border-radius: 9px 9px 0 0; } .cases > :last-child { border-radius: 0 0 9px 9px; }
.cases > :only-child { border-radius: 9px; }
.inside { padding: 0.1rem 1.1rem 0.9rem 1.9rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; }
.messages { padding-left: 1.1rem; white-space: pre-wrap; }
.fold { margin-top: 0.4rem; } .fold > summary { color: var(--soft); font-size: 0.9rem; }
.fold pre { max-height: 24rem; overflow: auto; background: var(--track); color: var(--ink); padding: 0.6rem 0.8rem; border-radius: 6px; }
footer { margin-top: 1.6rem; color: var(--soft); font-size: 0.85rem; }
`;

const TABLE = `
table { border-collapse: collapse; width: 100%; margin-top: 0.3rem; }
th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; vertical-align: middle; font-weight: 400; }
thead th { color: var(--soft); font-size: 0.82rem; }
tbody tr { border-top: 1px solid var(--rule); }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; font-weight: 600; overflow-wrap: normal; }
th.number { text-align: right; }
td.number.long { white-space: normal; overflow-wrap: anywhere; }
.unit { font-weight: 400; color: var(--soft); }
thead th { overflow-wrap: normal; }
thead th:nth-child(1) { width: 28%; } thead th:nth-child(2) { width: 16%; } thead th:nth-child(3) { width: 24%; }
.required { color: var(--soft); } .drawing { width: 150px; } .verdict { width: 7rem; white-space: nowrap; color: var(--tone); font-weight: 600; padding-right: 0; }
tr.off td.number { color: var(--bad); }
.bar { display: block; max-width: 100%; }
.track { fill: var(--track); } .band { fill: var(--band); }
.value.on { fill: var(--ink); } .value.off { fill: var(--bad); }
`;

const NARROW = `
@media screen and (max-width: 44rem) {
  .line { grid-template-columns: 5.2rem minmax(0, 1fr) auto; } .glance { grid-column: 2 / -1; grid-row: 2; text-align: left; }
  .line .glance:empty { display: none; } .line .time { white-space: normal; max-width: 5.5rem; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  .measurements tr { display: grid; grid-template-columns: 1fr auto; gap: 0 0.8rem; padding: 0.35rem 0; }
  .measurements th, .measurements td { padding: 0.05rem 0; width: auto; }
  .verdict { text-align: right; grid-column: 2; } .required { grid-column: 1; grid-row: 2; } .drawing { grid-column: 1; grid-row: 3; }
  .drawing:empty { display: none; }
  .verdict { grid-row: 2; } }
`;

/** Everything on paper is light; nothing is torn apart, and no case stays closed. */
const PRINT = `
@page { size: A4; margin: 14mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  .banner, .cause, .card, figure, tr, .line, .assertion { break-inside: avoid; }
  .module h2, .line, thead { break-after: avoid; }
  details.case::details-content { content-visibility: visible; block-size: auto; }
  details.case > summary.line::before { content: ""; }
  .fold:not([open]) { display: none; }
  .fold pre { max-height: none; }
  .facts { grid-template-columns: 1fr 1fr; }
  .drawing { width: 96px; } .bar { width: 90px; height: auto; } .verdict { width: 5.6rem; }
  th, td { padding-right: 0.6rem; } .line { grid-template-columns: 4.6rem minmax(0, 1fr) auto 6.6rem; padding-left: 0.8rem; } .inside { padding-left: 0.8rem; }
  a { color: inherit; text-decoration: none; } }
`;

/** The style of the page, as it stands in the file. */
export const STYLE: string = COLOURS + LAYOUT + TABLE + CHART_STYLE + NARROW +
  PRINT;
