import { deepStrictEqual as equal } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { standOf } from "../support/login.ts";
import { arrived, writeReports } from "../support/many_reports.ts";
import { runBinary } from "../support/run_binary.ts";
import { eventsOf } from "../support/running_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const REPORTS = 2000;
const API_KEY = "key-of-the-lab";

Deno.test("upload of one folder by four processes at once sends each report once", async () => {
  await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
  await using folder = await TemporaryFolder.make();
  const serials = (await writeReports(folder.join("runs"), REPORTS)).sort();
  const upload = () =>
    runBinary(["upload", "--json", folder.join("runs")], {
      home: folder.join("home"),
      env: { ...standOf(sandbox), STANDCLOUD_API_KEY: API_KEY },
      patienceMilliseconds: 300_000,
    });

  const results = await Promise.all(Array.from({ length: 4 }, upload));

  equal(results.map(({ code, stderr }) => [code, stderr]), [
    [0, ""],
    [0, ""],
    [0, ""],
    [0, ""],
  ]);
  equal(arrived(sandbox), serials);
  const summaries = results.map((result) => eventsOf(result).at(-1) ?? {});
  let uploaded = 0;
  for (const summary of summaries) {
    uploaded += Number(summary["uploaded"]);
    const { uploaded: own, already_uploaded: others } = summary;
    equal(Number(own) + Number(others), REPORTS);
  }
  equal(uploaded, REPORTS);
});
