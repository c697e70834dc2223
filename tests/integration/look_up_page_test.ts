import { deepStrictEqual as equal, match } from "node:assert/strict";
import { writeReports } from "../support/many_reports.ts";
import { setLoggedInStage } from "../support/stage.ts";

Deno.test("upload sends nothing again while a page answers to the question whether the run is there", async () => {
  await using stage = await setLoggedInStage();
  await writeReports(stage.folder.join("runs"), 1);
  const run = [
    "upload",
    "--json",
    "--retry-for",
    "0",
    stage.folder.join("runs"),
  ];
  const { faults } = stage.sandbox;
  faults.push(
    {
      match: (method) => method === "POST",
      times: 1,
      action: { kind: "commit_then_drop" },
    },
    {
      match: (method) => method === "GET",
      times: 1,
      action: { kind: "sign_in_page" },
    },
  );
  equal((await stage.run(run)).code, 6);
  equal((await stage.run(run)).code, 4);

  const { code, stdout } = await stage.run(run);

  equal([code, stage.sandbox.reports.length], [0, 1]);
  match(stdout, /"attempts":1/);
});
