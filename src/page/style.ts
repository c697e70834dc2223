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

const TEXT = `
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "DejaVu Sans", sans-serif; overflow-wrap: anywhere; }
main { max-width: 64rem; margin: 0 auto; padding: 1rem; }
h1, h2, p, dl, dd, figure, ul { margin: 0; padding: 0; }
h1 { font-size: 1.6rem; line-height: 1.25; }
h2 { font-size: 1.05rem; }
a { color: var(--link); }
code, pre { font-family: ui-monospace, "Cascadia Mono", "DejaVu Sans Mono", monospace; font-size: 0.86em; }
code { color: var(--soft); font-weight: 400; }
pre { margin: 0.4rem 0 0; white-space: pre-wrap; color: var(--soft); }
.note { color: var(--soft); font-size: 0.87rem; margin-top: 0.4rem; }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
.good { --tone: var(--good); --tint: var(--good-tint); }
.bad { --tone: var(--bad); --tint: var(--bad-tint); }
.warn { --tone: var(--warn); --tint: var(--warn-tint); }
.quiet { --tone: var(--soft); --tint: var(--track); }
.sign { color: var(--tone); font-weight: 600; white-space: nowrap; font-size: 0.9rem; }
.card { background: var(--card); border: 1px solid var(--rule); border-radius: 10px; padding: 0.8rem 1.1rem; }
dl { display: grid; grid-template-columns: minmax(6.2rem, auto) 1fr; gap: 0.1rem 0.9rem; margin-top: 0.3rem; }
dt { color: var(--soft); } dd { min-width: 0; }
summary { cursor: pointer; }
summary:focus-visible, a:focus-visible { outline: 2px solid var(--link); outline-offset: -2px; }
.fold { margin-top: 0.4rem; } .fold > summary { color: var(--soft); font-size: 0.9rem; }
.fold pre { max-height: 24rem; overflow: auto; background: var(--track); color: var(--ink); padding: 0.6rem 0.8rem; border-radius: 6px; }
footer { margin-top: 1.6rem; color: var(--soft); font-size: 0.85rem; }
`;

const TABLE = `
table { border-collapse: collapse; width: 100%; margin-top: 0.3rem; }
th, td { text-align: left; padding: 0.25rem 0.9rem 0.25rem 0; vertical-align: middle; font-weight: 400; }
thead th { color: var(--soft); font-size: 0.82rem; overflow-wrap: normal; }
tbody tr { border-top: 1px solid var(--rule); }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; font-weight: 600; overflow-wrap: normal; }
th.number { text-align: right; }
`;

/** Everything on paper is light, and nothing is torn apart. */
const PRINT = `
@page { size: A4; margin: 14mm; }
@media print {
  :root { color-scheme: light; }
  body { font-size: 10pt; background: #fff; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  main { max-width: none; padding: 0; }
  .card, figure, tr { break-inside: avoid; }
  h2, thead { break-after: avoid; }
  th, td { padding-right: 0.6rem; }
  .fold pre { max-height: none; }
  a { color: inherit; text-decoration: none; } }
`;

/** What every page looks like; the style of its own parts follows. */
export const STYLE: string = COLOURS + TEXT + TABLE + PRINT;
