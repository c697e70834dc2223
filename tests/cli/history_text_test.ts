import assert from "node:assert/strict";
import {
  entryEvent,
  entryLine,
  entryLines,
} from "../../src/cli/history_text.ts";
import type { Entry } from "../../src/upload/ledger/entry.ts";
import { NOON } from "../system/fake_clock.ts";
import { uploadedAt } from "./entries.ts";

const ENTRY = uploadedAt(NOON);

function lineOf(changes: Partial<Entry>, seconds = 0): string {
  const now = new Date(NOON.getTime() + seconds * 1000);
  return entryLine({ ...ENTRY, ...changes }, { now, tellsAddress: false });
}

Deno.test("entryLine() says which StandCloud it is about, where there are several", () => {
  assert.equal(
    entryLine(ENTRY, { now: NOON, tellsAddress: true }),
    "uploaded  2026-03-01 12:00:00Z  000000000000  /runs/10.json (demo.standcloud.io, serial number SN-10, run run-1)",
  );
});

Deno.test("entryEvent() has all that the ledger knows, by the names of the contract", () => {
  assert.deepEqual(
    entryEvent({ ...ENTRY, nextTryAt: new Date(NOON.getTime() + 1) }),
    {
      event: "history",
      digest: ENTRY.digest,
      address: "demo.standcloud.io",
      state: "uploaded",
      source: "/runs/10.json",
      bytes: 100,
      "serial_number": "SN-10",
      "part_number": "PN",
      attempts: 1,
      "http_status": 201,
      cause: null,
      "test_run_id": "run-1",
      "possibly_duplicate": false,
      "created_at": "2026-03-01T12:00:00.000Z",
      "updated_at": "2026-03-01T12:00:00.000Z",
      "next_try_at": "2026-03-01T12:00:00.001Z",
      issues: [],
    },
  );
});

Deno.test("entryLine() says what, when, which and where from", () => {
  assert.equal(
    lineOf({}),
    "uploaded  2026-03-01 12:00:00Z  000000000000  /runs/10.json (serial number SN-10, run run-1)",
  );
  assert.equal(
    lineOf({ serialNumber: null, testRunId: null }),
    "uploaded  2026-03-01 12:00:00Z  000000000000  /runs/10.json",
  );
  assert.match(
    lineOf({ isPossiblyDuplicate: true }),
    /\(.*, may be at StandCloud twice\)$/,
  );
});

const WAITING: Partial<Entry> = {
  state: "waiting",
  serialNumber: null,
  testRunId: null,
  cause: "StandCloud answers with HTTP 503",
};

Deno.test("entryLine() says for how long a report waits, and why", () => {
  for (
    const [seconds, age] of [
      [-90_000, "0 seconds"],
      [1, "1 second"],
      [59, "59 seconds"],
      [60, "1 minute"],
      [7199, "1 hour"],
      [86_399, "23 hours"],
      [200_000, "2 days"],
    ] as const
  ) {
    assert.match(
      lineOf(WAITING, seconds),
      new RegExp(`\\(for ${age}, StandCloud answers with HTTP 503\\b.*\\)$`),
    );
  }
});

Deno.test("entryLine() says why a report was rejected, and no more why one that is uploaded had to wait", () => {
  assert.match(
    lineOf({ ...WAITING, state: "rejected" }),
    /\(StandCloud answers/,
  );
  assert.doesNotMatch(lineOf({ cause: "old" }), /old/);
});

const MISSING = {
  severity: "error",
  rule: "missing-mandatory-field",
  path: "/dut/part_number",
  message: "The DUT part number is missing",
  fix: "hardpy.set_dut_part_number",
} as const;

Deno.test("entryLines() says of a held run which rules hold it, and what to do", () => {
  const held = { state: "held", testRunId: null, issues: [MISSING] } as const;
  assert.deepEqual(
    entryLines({ ...ENTRY, ...held }, { now: NOON, tellsAddress: false }),
    [
      "held      2026-03-01 12:00:00Z  000000000000  /runs/10.json (serial number SN-10)",
      "  error: The DUT part number is missing [missing-mandatory-field /dut/part_number]",
      "    fix: call hardpy.set_dut_part_number() in the test plan",
      "    or, for this run: standcloud upload --fill-unknown /runs/10.json",
    ],
  );
});

Deno.test("entryLines() says how many findings the ledger does not list", () => {
  const issues = [{ ...MISSING, path: "", more: 7 }];
  const lines = entryLines({ ...ENTRY, state: "rejected", issues }, {
    now: NOON,
    tellsAddress: false,
  });
  assert.equal(lines.at(-1), "  … and 7 more");
  assert.match(lines[1] ?? "", /\[missing-mandatory-field\]$/);
});

Deno.test("entryLines() says of a superseded run no more why it was kept back", () => {
  const entry = { ...ENTRY, state: "superseded", cause: "no" } as const;
  const lines = entryLines({ ...entry, issues: [MISSING] }, {
    now: NOON,
    tellsAddress: false,
  });
  assert.equal(lines.length, 1);
  assert.doesNotMatch(lines[0] ?? "", /, no\)/);
});
