import assert from "node:assert/strict";
import { join } from "node:path";
import { parseBound } from "../../src/cli/stats_flags.ts";
import { madeRun } from "../stats/made_runs.ts";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { eventsOf } from "./run_in.ts";

const NOW = new Date(2026, 2, 1, 0, 30, 15);

const bounds: [
  typed: string,
  expected: { day: string } | { moment: number },
][] = [
  ["2026-02-28", { day: "2026-02-28" }],
  ["today", { day: "2026-03-01" }],
  ["yesterday", { day: "2026-02-28" }],
  ["7d", { moment: NOW.getTime() - 7 * 86_400_000 }],
  ["2h", { moment: NOW.getTime() - 7_200_000 }],
  ["2026-02-28T06:00:00+01:00", { moment: Date.UTC(2026, 1, 28, 5) }],
  ["2026-02-28 06:00z", { moment: Date.UTC(2026, 1, 28, 6) }],
];

for (const [typed, expected] of bounds) {
  Deno.test(`parseBound() takes "${typed}"`, () => {
    assert.deepEqual(parseBound(typed, NOW), { text: typed, ...expected });
  });
}

for (
  const typed of [
    ...["", "soon", "Today", "7 d", "-7d", "7w", "99999d", "2026-02-30"],
    ...["2026-03-01T06:00", "2026-03-01T06:00:00", "2026-02-30T06:00Z"],
    ...["2026-03-01T25:00Z", "2026-03-01+01:00", "2026-03"],
  ]
) {
  Deno.test(`parseBound() refuses "${typed}" with examples`, () => {
    assert.throws(() => parseBound(typed, NOW), {
      name: "RangeError",
      message: /with an offset .*, for example .*, today, yesterday, 7d$/,
    });
  });
}

Deno.test("stats --since and --until take a time span ago", async () => {
  await using folder = await TemporaryFolder.make();
  for (const hours of [1, 5, 50]) {
    const start = Date.now() / 1000 - hours * 3600;
    const run = madeRun({ more: { "start_time": start } });
    const file = join(folder.path, `${hours}.json`);
    await Deno.writeTextFile(file, JSON.stringify(run));
  }
  const { stdout } = await runProgram(
    ["stats", folder.path, "--since", "1d", "--until", "3h", "--json"],
    { home: folder.path },
  );
  const last = eventsOf(stdout).at(-1) ?? {};
  assert.deepEqual([last["runs"], last["documents"]], [1, 3]);
});
