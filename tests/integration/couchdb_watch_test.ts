import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import {
  type Couch,
  COUCH_PASSWORD,
  record,
  report,
  startCouch,
} from "../support/couch.ts";
import { serials } from "../support/live_runs.ts";
import type { InProcessRun } from "../support/run_program.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (seconds: number) => ({ "start_time": 1_792_000_000 + seconds });

/** Watches the database while the work is done. */
async function watching(
  stage: Stage,
  couch: Couch,
  work: (program: InProcessRun) => Promise<void>,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const args = ["upload", "--watch", couch.url];
  const program = await stage.start(args) as InProcessRun;
  try {
    await work(program);
  } finally {
    program.interrupt();
  }
  const result = await program.result;
  ok(!(result.stdout + result.stderr).includes(COUCH_PASSWORD));
  equal(couch.requests.filter((one) => !one.startsWith("GET ")), []);
  return result;
}

const sent = (stage: Stage, count: number) =>
  until(() => stage.sandbox.reports.length === count);

/** How often the program read that document. */
const reads = ({ requests }: Couch, id: string) =>
  requests.filter((one) => one.endsWith(`/${id}`)).length;

const following = ({ requests }: Couch) =>
  until(() =>
    requests.filter((one) => one.endsWith("/report/_changes")).length > 0
  );

Deno.test("upload --watch of a CouchDB sends what is there and what comes into it, and reads nothing twice after a restart", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  await couch.put("/report/report_1_SN-1", report("SN-1", at(1)));
  const first = await watching(stage, couch, async () => {
    await sent(stage, 1);
    await couch.put("/report/report_2_SN-2", report("SN-2", at(2)));
    await sent(stage, 2);
  });
  equal(first.code, 130);
  match(first.stdout, /\n2 uploaded in /);
  equal(reads(couch, "report_1_SN-1"), 1);

  couch.requests.length = 0;
  await watching(stage, couch, async () => {
    await following(couch);
    await couch.put("/report/report_3_SN-3", report("SN-3", at(3)));
    await sent(stage, 3);
  });
  equal(serials(stage), ["SN-1", "SN-2", "SN-3"]);
  equal(reads(couch, "report_1_SN-1"), 0);
  equal(reads(couch, "report_2_SN-2"), 0);
  equal(reads(couch, "report_3_SN-3"), 1);
});

Deno.test("a record of a CouchDB that changes during its run is sent once, in its last state", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  const path = "/runstore/localhost_8000";
  await watching(stage, couch, async () => {
    await until(() =>
      couch.requests.some((one) => one.endsWith("/runstore/_changes"))
    );
    for (let step = 0; step < 5; step++) {
      const running = { status: "run", "stop_time": null, step, ...at(1) };
      await couch.put(path, record("", running));
    }
    await couch.put(path, record("", at(1)));
    await until(() => reads(couch, "localhost_8000") > 0);
    await couch.put(`/runstore/${Date.now()}`, record("", at(1)));
    // What a post-run function adds.
    await couch.put(path, record("SN-1", at(1)));
    await sent(stage, 1);
    // HardPy's next run.
    await couch.put(path, record("SN-2", at(2)));
    await sent(stage, 2);
  });
  equal(serials(stage), ["SN-1", "SN-2"]);
});

Deno.test("a run that HardPy's next run replaces at once in a CouchDB is sent all the same", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  const path = "/runstore/current";
  await watching(stage, couch, async () => {
    await couch.put(path, record("SN-1", at(1)));
    await until(() => reads(couch, "current") > 0);
    await couch.put(path, record("SN-2", at(2)));
    await sent(stage, 2);
  });
  equal(serials(stage).toSorted(), ["SN-1", "SN-2"]);
});

Deno.test("upload --watch of a CouchDB survives its going away, and says so once", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  const { stderr } = await watching(stage, couch, async ({ output }) => {
    await following(couch);
    await couch.setReachable(false);
    await until(() => output.stderr.includes("Cannot reach CouchDB"));
    await couch.setReachable(true);
    await couch.put("/report/report_1_SN-1", report("SN-1"));
    await sent(stage, 1);
  });
  equal(stderr.match(/Cannot reach CouchDB/g)?.length, 1);
});

Deno.test("upload --watch begins anew with a database that was deleted and made again", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  for (const serial of ["SN-1", "SN-2", "SN-3"]) {
    await couch.put(`/report/report_1_${serial}`, report(serial));
  }
  await watching(stage, couch, () => sent(stage, 3));
  await couch.remove("/report");
  await couch.put("/report");
  await couch.put("/report/report_1_SN-4", report("SN-4"));
  await watching(stage, couch, () => sent(stage, 4));
  equal(serials(stage).at(-1), "SN-4");
});

Deno.test("upload --watch goes on after the compaction of a CouchDB", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  const path = "/report/report_1_SN-1";
  await watching(stage, couch, async () => {
    await couch.put(path, report("SN-1", at(1)));
    await sent(stage, 1);
    await couch.put("/report/report_2_SN-2", report("SN-2", at(2)));
    await couch.remove(path);
    await couch.compact("report");
    await sent(stage, 2);
  });
  await couch.compact("report");
  await couch.put("/report/report_3_SN-3", report("SN-3", at(3)));
  await watching(stage, couch, () => sent(stage, 3));
  equal(serials(stage), ["SN-1", "SN-2", "SN-3"]);
});

Deno.test("upload --watch of a CouchDB with a wrong password, or without the named database, ends at once", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  const wrong = couch.url.replace(COUCH_PASSWORD, "wrong");
  equal((await stage.run(["upload", "--watch", wrong])).code, 2);
  equal((await stage.run(["upload", "--watch", `${couch.url}/no`])).code, 2);
});

Deno.test("a run that waits for StandCloud holds the sequence back, so that a restart finds it", async () => {
  await using couch = await startCouch();
  await using stage = await setLoggedInStage();
  stage.sandbox.setReachable(false);
  await couch.put("/report/report_1_SN-1", report("SN-1"));
  await watching(stage, couch, async () => {
    await until(() => reads(couch, "report_1_SN-1") > 0);
    await following(couch);
  });
  stage.sandbox.setReachable(true);
  await watching(stage, couch, () => sent(stage, 1));
});
