import { deepStrictEqual as equal, match } from "node:assert/strict";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

for (
  const [date, code] of [
    ["2026-02-28", 0],
    ["2026-02-28T12:00", 0],
    ["2026-02-30", 2],
    ["yesterday", 2],
  ] as const
) {
  Deno.test(`history --since ${date} ends with ${code}`, async () => {
    await using folder = await TemporaryFolder.make();
    const home = folder.join("home");

    const result = await runProgram(["history", "--since", date], { home });

    equal(result.code, code);
    if (code === 2) match(result.stderr, /a date is expected, for example/);
  });
}
