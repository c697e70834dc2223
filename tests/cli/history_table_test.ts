import assert from "node:assert/strict";
import { HistoryTable } from "../../src/cli/history_table.ts";
import { piecesOf } from "../../src/cli/line.ts";
import { timesOf } from "../../src/cli/times.ts";
import { widthOf } from "../../src/system/text_width.ts";
import type { Entry } from "../../src/upload/ledger/entry.ts";
import { fakeClock } from "../system/fake_clock.ts";
import { fakeTerminal } from "../system/fake_terminal.ts";
import { uploadedAt } from "./entries.ts";

/** A time of the zone that this computer is in. */
const NOW = new Date(2026, 2, 1, 12, 0, 5);

const ENTRY = uploadedAt(NOW);

const HELD: Entry = {
  ...ENTRY,
  state: "held",
  testRunId: null,
  serialNumber: "序列号-0123456789-0123456789",
  source: "/a/very/long/folder/of/reports/that/has/no/end/run.json",
  issues: [{
    severity: "error",
    rule: "missing-mandatory-field",
    path: "/dut/part_number",
    message: "The DUT part number is missing",
    fix: "hardpy.set_dut_part_number",
  }],
};

const WAITING: Entry = {
  ...ENTRY,
  state: "waiting",
  cause:
    "StandCloud asked with HTTP 429 for a pause; it is asked again later, and until then nothing is sent",
  nextTryAt: new Date(NOW.getTime() + 60_000),
};

function table(
  columns: number,
  { hasMarks = true, tellsAll = false, tellsAddress = false } = {},
): (entry: Entry) => string[] {
  const terminal = { ...fakeTerminal(), stdoutIsTerminal: true };
  const history = new HistoryTable({
    screen: { isTerminal: true, hasMarks, columns },
    times: timesOf({ clock: fakeClock(NOW), terminal }, "stdout"),
    now: NOW,
    tellsAddress,
    tellsAll,
  });
  return (entry) =>
    history.lines(entry).map((line) =>
      piecesOf(line).map(({ text }) => text).join("").trimEnd()
    );
}

Deno.test("HistoryTable has one row for each run below the headings, with the local time", () => {
  const lines = table(80);
  assert.deepEqual([...lines(ENTRY), ...lines(ENTRY)], [
    "STATE         TIME              SERIAL NUMBER   DIGEST        SOURCE",
    "✓ uploaded    2026-03-01 12:00  SN-10           000000000000  /runs/10.json",
    "✓ uploaded    2026-03-01 12:00  SN-10           000000000000  /runs/10.json",
  ]);
});

Deno.test("HistoryTable says below the row what keeps a run back, and what to do", () => {
  const [, row, ...details] = table(80)(HELD);
  assert.match(row ?? "", /^✗ held .*0 {2}….*\/run\.json$/);
  assert.deepEqual(details, [
    "  error: The DUT part number is missing [missing-mandatory-field",
    "  /dut/part_number]",
    "    fix: call hardpy.set_dut_part_number() in the test plan",
    `    or, for this run: standcloud upload --fill-unknown ${HELD.source}`,
  ]);
  const waiting = table(80)(WAITING).slice(2).join(" ");
  assert.match(waiting, /for 0 seconds, not before 12:01:05, StandCloud asked/);
});

Deno.test("HistoryTable of a narrow terminal has no headings, and three lines for each run", () => {
  assert.deepEqual(table(40)(ENTRY), [
    "✓ uploaded    SN-10",
    "  2026-03-01 12:00  000000000000",
    "  /runs/10.json",
  ]);
});

for (const columns of [40, 60, 79, 80, 120]) {
  Deno.test(`HistoryTable fits ${columns} columns, but for a command to copy`, () => {
    const lines = table(columns, { tellsAll: true, tellsAddress: true });
    for (const entry of [ENTRY, HELD, WAITING]) {
      for (const line of lines(entry)) {
        if (line.includes("standcloud upload")) continue;
        assert.ok(widthOf(line) <= columns, `${widthOf(line)}: ${line}`);
      }
    }
  });
}

Deno.test("HistoryTable tells the run and the whole path with --verbose, and no marks where there are none", () => {
  const lines = table(120, { hasMarks: false, tellsAll: true })(ENTRY);
  assert.match(lines[1] ?? "", /^uploaded {6}2026/);
  assert.equal(lines[2], "  run run-1, /runs/10.json");
});

Deno.test("HistoryTable colours the word of the state", () => {
  const terminal = { ...fakeTerminal(), stdoutIsTerminal: true };
  const history = new HistoryTable({
    screen: { isTerminal: true, hasMarks: true, columns: 80 },
    times: timesOf({ clock: fakeClock(NOW), terminal }, "stdout"),
    now: NOW,
    tellsAddress: false,
    tellsAll: false,
  });
  const tones = history.lines(HELD).flatMap(piecesOf)
    .filter(({ tone }) => tone !== undefined)
    .map(({ text, tone }) => [text.trim(), tone]);
  assert.deepEqual(tones, [["✗ held", "bad"], ["error", "bad"]]);
});
