import {
  deepStrictEqual as equal,
  doesNotMatch,
  match,
} from "node:assert/strict";
import { fileError } from "../../src/system/disk_fault.ts";
import { inputFiles } from "../../src/system/input_files.ts";
import type { System } from "../../src/system/system.ts";
import { arrived, writeReports } from "../support/many_reports.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage } from "../support/stage.ts";

/** The disk does not give the file of this name. */
function failing(name: string): Partial<System> {
  const error = Object.assign(new Error("(os error 5)"), { code: "EIO" });
  const read: typeof inputFiles.read = (path, ...more) =>
    path.endsWith(name)
      ? Promise.reject(
        fileError(`Cannot read "${path}"`, error, { code: "input_unreadable" }),
      )
      : inputFiles.read(path, ...more);
  return { inputFiles: { ...inputFiles, read } };
}

const REASON =
  /^Cannot read ".+SN-1\.json": input\/output error of the disk \(EIO\)$/;

Deno.test("upload lets a run wait that the disk does not give, sends the others, and ends with 2", async () => {
  await using stage = await setLoggedInStage();
  const runs = stage.folder.join("runs");
  const serials = (await writeReports(runs, 3)).sort();

  const system = failing("SN-1.json");
  const first = await stage.run(["upload", "--json", runs], { system });

  equal(first.code, 2);
  const reports = eventsOf(first).filter(({ event }) => event === "report");
  const report = reports.find(({ source }) =>
    String(source).endsWith("SN-1.json")
  );
  equal([report?.["outcome"], report?.["issues"]], ["waiting", []]);
  match(String(report?.["reason"]), REASON);
  equal(eventsOf(first).at(-1)?.["invalid"], 0);
  equal((await stage.run(["upload", runs])).code, 0);
  equal(arrived(stage.sandbox), serials);
});

Deno.test("validate and show tell a file that the disk does not give as such, not as invalid", async () => {
  await using stage = await setLoggedInStage();
  const runs = stage.folder.join("runs");
  await writeReports(runs, 3);
  const system = failing("SN-1.json");

  const validated = await stage.run(["validate", "--json", runs], { system });

  equal(validated.code, 2);
  const events = eventsOf(validated);
  const error = events.find(({ event }) => event === "error");
  match(String(error?.["message"]), REASON);
  equal([events.at(-1)?.["valid"], events.at(-1)?.["invalid"]], [2, 0]);
  const file = `${runs}/SN-1.json`;
  const shown = await stage.run(["show", file], { system });
  equal(shown.code, 2);
  match(shown.stderr, /^error: Cannot read ".+": input\/output error/);
  doesNotMatch(shown.stderr, /Cannot read.+Cannot read/);
});
