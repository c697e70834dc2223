import { CHART_STYLE } from "../../../page/chart_style.ts";

const LAYOUT = `
article + article { margin-top: 3rem; }
.banner { display: flex; gap: 0.6rem 1.4rem; align-items: center; flex-wrap: wrap; padding: 1.1rem 1.3rem;
  border-radius: 10px; background: var(--card); border: 1px solid var(--rule); border-left: 10px solid var(--tone); }
.banner > div { flex: 1 1 18rem; }
.status { font-size: 1.5rem; font-weight: 700; color: var(--tone); background: var(--tint); padding: 0.3rem 1rem; border-radius: 8px; }
.device, .totals { display: flex; flex-wrap: wrap; gap: 0 1.2rem; }
.totals { color: var(--soft); font-size: 0.9rem; }
.cause { margin-top: 1rem; padding: 1rem 1.3rem; border-radius: 10px; background: var(--tint); border: 1px solid var(--tone); }
.cause h2 { color: var(--tone); }
.cause .place { font-size: 1.2rem; font-weight: 600; display: flex; flex-wrap: wrap; gap: 0 0.8rem; align-items: baseline; }
.cause .code { font-size: 0.9rem; color: var(--tone); }
.assertion { font-weight: 600; margin-top: 0.3rem; white-space: pre-wrap; }
.facts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0.8rem; margin-top: 1rem; }
.cases { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; }
.module { margin-top: 1.6rem; }
.module h2 { display: flex; gap: 0 0.7rem; align-items: baseline; flex-wrap: wrap; margin-bottom: 0.4rem; }
.time { color: var(--soft); font-size: 0.87rem; font-weight: 400; white-space: nowrap; margin-left: auto; }
.cases > * + * { border-top: 1px solid var(--rule); }
.cases > .note { padding: 0.4rem 1.1rem; margin: 0; }
.line { display: grid; grid-template-columns: 5.6rem minmax(0, 1fr) auto 7.5rem; gap: 0.2rem 0.8rem; padding: 0.45rem 1.1rem 0.45rem 1.9rem; align-items: baseline; }
.glance { color: var(--soft); font-size: 0.87rem; text-align: right; }
.line .time { text-align: right; }
summary.line { position: relative; list-style: none; }
summary.line::-webkit-details-marker { display: none; }
summary.line::before { content: "▸"; position: absolute; left: 0.8rem; top: 0.45rem; color: var(--soft); }
details[open] > summary.line::before { content: "▾"; }
.case.bad, .case.warn { background: var(--tint); }
.cases > :first-child { border-radius: 9px 9px 0 0; } .cases > :last-child { border-radius: 0 0 9px 9px; }
.cases > :only-child { border-radius: 9px; }
.inside { padding: 0.1rem 1.1rem 0.9rem 1.9rem; display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.6rem; }
.messages { padding-left: 1.1rem; white-space: pre-wrap; }
`;

const TABLE = `
td.number.long { white-space: normal; overflow-wrap: anywhere; }
.unit { font-weight: 400; color: var(--soft); }
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

/** On paper no case stays closed, and none is torn apart. */
const PRINT = `
@media print {
  .banner, .cause, .line, .assertion { break-inside: avoid; }
  .line { break-after: avoid; }
  details.case::details-content { content-visibility: visible; block-size: auto; }
  details.case > summary.line::before { content: ""; }
  .fold:not([open]) { display: none; }
  .facts { grid-template-columns: 1fr 1fr; }
  .drawing { width: 96px; } .bar { width: 90px; height: auto; } .verdict { width: 5.6rem; }
  .line { grid-template-columns: 4.6rem minmax(0, 1fr) auto 6.6rem; padding-left: 0.8rem; } .inside { padding-left: 0.8rem; } }
`;

/** The style of a run's page, beside that of every page. */
export const RUN_STYLE: string = LAYOUT + TABLE + CHART_STYLE + NARROW + PRINT;
