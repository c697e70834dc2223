import assert from "node:assert/strict";
import { readMoment } from "../../src/inspect/moment.ts";
import { parseExactly } from "../../src/standcloud/exact_json.ts";

const NEW_YEAR = 1_767_225_600_000_000;

const TIMES: [text: unknown, isoText: string, later?: number][] = [
  ["2026-01-01T00:00:00Z", "2026-01-01T00:00:00+00:00"],
  ["2026-01-01 00:00Z", "2026-01-01T00:00:00+00:00"],
  ["2026-01-01t00:00:00z", "2026-01-01T00:00:00+00:00"],
  ["2026-01-01T02:00:00+02:00", "2026-01-01T02:00:00+02:00"],
  ["2025-12-31T18:30:00-0530", "2025-12-31T18:30:00-05:30"],
  ["2026-01-01T00:00:00", "2026-01-01T00:00:00"],
  ["2026-01-01", "2026-01-01T00:00:00"],
  ["2026-01-01T00:00:00.5Z", "2026-01-01T00:00:00.500000+00:00", 500_000],
  [
    "2026-01-01T00:00:00.1234567Z",
    "2026-01-01T00:00:00.123456+00:00",
    123_456,
  ],
  [1767225600, "2026-01-01T00:00:00+00:00"],
  [1767225600000, "2026-01-01T00:00:00+00:00"],
  ["1767225600", "2026-01-01T00:00:00+00:00"],
  [
    parseExactly("1767225600.250"),
    "2026-01-01T00:00:00.250000+00:00",
    250_000,
  ],
];

for (const [value, isoText, later = 0] of TIMES) {
  Deno.test(`readMoment() reads ${JSON.stringify(value)} as the SDK does`, () => {
    assert.deepEqual(readMoment(value), {
      microseconds: NEW_YEAR + later,
      isoText,
    });
  });
}

Deno.test("readMoment() gives nothing for what is no time", () => {
  for (
    const value of [
      null,
      undefined,
      "",
      "yesterday",
      "2026-02-30",
      {},
      true,
      [
        1,
      ],
      "2026-01-01T24:00:00Z",
      "2026-01-01T00:60Z",
    ]
  ) assert.equal(readMoment(value), undefined, JSON.stringify(value));
});
