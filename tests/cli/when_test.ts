import assert from "node:assert/strict";
import { parseWhen } from "../../src/cli/when.ts";

const NOW = new Date(2026, 10, 30, 14, 30, 15);

const moments: [typed: string, expected: Date][] = [
  ["2026-11-24", new Date(2026, 10, 24)],
  ["2026-11-24T08:30:00Z", new Date("2026-11-24T08:30:00Z")],
  ["2026-11-24t08:30:00.250z", new Date("2026-11-24T08:30:00.250Z")],
  ["2026-11-24 08:30:00+05:30", new Date("2026-11-24T03:00:00Z")],
  ["2026-11-24T08:30", new Date(2026, 10, 24, 8, 30)],
  ["today", new Date(2026, 10, 30)],
  ["yesterday", new Date(2026, 10, 29)],
  ["7d", new Date(NOW.getTime() - 7 * 86_400_000)],
  ["90m", new Date(NOW.getTime() - 5_400_000)],
  ["90", new Date(NOW.getTime() - 90_000)],
  ["0", NOW],
];

for (const [typed, expected] of moments) {
  Deno.test(`parseWhen() takes "${typed}"`, () => {
    assert.deepEqual(parseWhen(typed, NOW), expected);
  });
}

Deno.test("parseWhen() finds the day before the first of a month", () => {
  const now = new Date(2026, 2, 1, 0, 0, 1);
  assert.deepEqual(parseWhen("yesterday", now), new Date(2026, 1, 28));
});

for (
  const typed of [
    ...["", "soon", "Today", "7 d", "-7d", "7w", "99999d", "24.11.2026"],
    ...["2026-02-30", "2026-13-01", "2026-11-24T25:00Z", "2026-02-30T10:00Z"],
    ...["2026-11-24T08", "2026-11-24T08:30:00+5", "2026-11", "26-11-24"],
  ]
) {
  Deno.test(`parseWhen() refuses "${typed}" with examples`, () => {
    assert.throws(() => parseWhen(typed, NOW), {
      name: "RangeError",
      message: /for example 2026-11-24, .*, today, yesterday, 7d$/,
    });
  });
}
