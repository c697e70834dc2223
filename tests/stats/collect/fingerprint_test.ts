import assert from "node:assert/strict";
import { fingerprintOf } from "../../../src/stats/collect/fingerprint.ts";

function of(message: unknown, serial: string | null = null): string | null {
  return fingerprintOf({ "assertion_msg": message }, serial);
}

Deno.test("fingerprintOf() replaces what differs from run to run", () => {
  const cases: [string, string][] = [
    [
      "  AssertionError: 3.31 V is too high\nassert 3.31 < 3.3",
      "AssertionError: <n> V is too high",
    ],
    ["at 2026-03-01T08:15:00.25+01:00 done", "at <time> done"],
    ["at 2026-03-01 08:15 done", "at <time> done"],
    ["id 01a22c89-80e1-73cf-b01e-bc43a1d8896b lost", "id <id> lost"],
    ["register at 0x1F00 is -1.5e-3", "register at <hex> is <n>"],
    ["R101 and V3.3 stay, .5 and +7 go", "R101 and V3.3 stay, <n> and <n> go"],
    ["many\t \vblanks", "many blanks"],
  ];
  for (const [message, expected] of cases) assert.equal(of(message), expected);
});

Deno.test("fingerprintOf() replaces a serial number of 4 characters or more, before anything else", () => {
  assert.equal(of("SN-0042: 3 errors", "SN-0042"), "<serial>: <n> errors");
  assert.equal(of("A12 failed", "A12"), "A12 failed");
  assert.equal(
    of("2026-03-01 10:00 failed", "2026"),
    "<serial><n>-<n> <n>:<n> failed",
  );
});

Deno.test("fingerprintOf() takes the first text of msg when there is no assertion", () => {
  const msg = { "0": " \n ", "1": 5, "2": "\n\r\n second line\nthird" };
  assert.equal(
    fingerprintOf({ "assertion_msg": " ", msg }, null),
    "second line",
  );
  assert.equal(fingerprintOf({ msg: ["", "listed"] }, null), "listed");
  assert.equal(fingerprintOf({ msg: "alone" }, null), "alone");
  assert.equal(fingerprintOf({ msg: null }, null), null);
});

Deno.test("fingerprintOf() cuts to 120 code points, not in the middle of one", () => {
  const found = of("😀".repeat(200)) ?? "";
  assert.equal([...found].length, 120);
  assert.ok(found.isWellFormed());
});

Deno.test("fingerprintOf() takes no longer for a message of a megabyte of blanks or digits", () => {
  for (
    const text of [
      " ".repeat(1e6) + "x",
      "7".repeat(1e6),
      "x " + " ".repeat(1e6) + "y",
    ]
  ) {
    const started = performance.now();
    of(text);
    assert.ok(performance.now() - started < 1000);
  }
});
