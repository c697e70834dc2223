import { deepStrictEqual as equal, match } from "node:assert/strict";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { runFile } from "../support/runs.ts";
import { setLoggedInStage, setStage } from "../support/stage.ts";

const RUN = runFile("minimum.jsonloader");

Deno.test("upload --dry-run sends nothing and needs no login", async () => {
  await using stage = await setStage();

  const result = await stage.run(["upload", "--json", "--dry-run", RUN]);

  equal(result.code, 0);
  equal(outcomesOf(result), {
    reports: [["would_upload", null]],
    counts: counted({ "would_upload": 1 }),
  });
  equal(stage.sandbox.requests.length, 0);
});

Deno.test("upload --dry-run says which file holds the same run, and what is known of one that was sent", async () => {
  await using stage = await setLoggedInStage();
  const runs = stage.folder.join("runs");
  await Deno.mkdir(runs);
  for (const name of ["a", "b", "c"]) {
    await Deno.copyFile(RUN, `${runs}/${name}.json`);
  }
  const planned = async () => {
    const result = await stage.run(["upload", "--json", "--dry-run", runs]);
    return eventsOf(result).filter(({ event }) => event === "report");
  };
  const twin = `the same run as ${runs}/a.json`;
  equal((await planned()).map(({ outcome, reason }) => [outcome, reason]), [
    ["would_upload", undefined],
    ["already_uploaded", twin],
    ["already_uploaded", twin],
  ]);

  await stage.run(["upload", "--retry-for", "0", `${runs}/a.json`]);

  const [first, second] = await planned();
  equal([first?.["http_status"], first?.["attempts"]], [201, 1]);
  match(String(first?.["test_run_id"]), /./);
  match(String(first?.["reason"]), /^\d{4}-/);
  match(String(second?.["reason"]), /^as .*a\.json, \d{4}-/);
});
