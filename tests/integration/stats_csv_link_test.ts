import { deepStrictEqual as equal, match } from "node:assert/strict";
import { runProgram } from "../support/run_program.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("stats --csv never writes through a link in the folder (duty 52)", async () => {
  await using folder = await TemporaryFolder.make();
  const victim = await folder.write("victim", "mine");
  await Deno.mkdir(folder.join("csv"));
  await Deno.symlink(victim, folder.join("csv", "yields.csv"));

  const { code, stderr } = await runProgram(
    [
      "stats",
      runFile("sensor_board_passed.jsonloader"),
      "--csv",
      folder.join("csv"),
    ],
    { home: folder.join("home") },
  );

  equal(code, 2);
  match(
    stderr,
    /^error: Cannot write ".+yields\.csv": it is a link; remove it$/m,
  );
  equal(await Deno.readTextFile(victim), "mine");
});
