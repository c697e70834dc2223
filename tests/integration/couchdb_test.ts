import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import {
  type Couch,
  COUCH_PASSWORD,
  record,
  report,
  startCouch,
} from "../support/couch.ts";
import { serials } from "../support/live_runs.ts";
import { setLoggedInStage } from "../support/stage.ts";

const START = 1_792_000_000;
/** A run that began at another time is another run. */
const at = (seconds: number) => ({ "start_time": START + seconds });

/** Two reports, a record and a history document of one of the runs, and what is no run. */
async function fill(couch: Couch): Promise<void> {
  await couch.put("/runstore/1792000000123", record("", at(1)));
  await couch.put("/runstore/localhost_8000", record("SN-2", at(2)));
  await couch.put("/report/report_1_SN%2F1%20%C3%A4", report("SN/1 ä", at(1)));
  await couch.put("/report/report_2_SN-3", report("SN-3", at(3)));
  await couch.put("/report/_design/views", { views: {} });
  await couch.put("/report/report_3_gone", report("SN-9", at(9)));
  await couch.remove("/report/report_3_gone");
  await couch.put("/statestore/localhost_8000", { progress: 1 });
  await couch.put("/runstore/state", { progress: 1, "operator_data": {} });
}

function tomlOf({ port }: Couch): string {
  return [
    "[database]",
    'user = "hardpy"',
    `password = "${COUCH_PASSWORD}"`,
    'host = "127.0.0.1"',
    `port = ${port}\n`,
  ].join("\n");
}

/** Everything that was asked is a GET, and no output holds the password. */
function readsOnly(couch: Couch, ...outputs: string[]): void {
  ok(couch.requests.length > 0);
  equal(couch.requests.filter((one) => !one.startsWith("GET ")), []);
  for (const text of outputs) {
    ok(!text.includes(COUCH_PASSWORD), text);
    ok(!text.includes(btoa(`hardpy:${COUCH_PASSWORD}`)), text);
  }
}

Deno.test("upload of a CouchDB's URL sends each run once, in its fullest form, and writes nothing (duty 61)", async () => {
  await using couch = await startCouch();
  await fill(couch);
  await using stage = await setLoggedInStage();
  const { code, stdout, stderr } = await stage.run([
    "upload",
    "--verbose",
    "--after",
    "delete",
    couch.url,
  ]);
  equal(code, 0);
  equal(serials(stage).toSorted(), ["SN-2", "SN-3", "SN/1 ä"]);
  ok(stdout.includes(`${couch.origin}/report#report_1_SN/1 ä`), stdout);
  match(stderr, /note: --after delete leaves the database as it is\n/);
  readsOnly(couch, stdout, stderr);

  const again = await stage.run(["upload", "--json", couch.url]);
  equal(again.code, 0);
  match(again.stdout, /"uploaded":0,"already_uploaded":4/);
  equal(stage.sandbox.reports.length, 3);
  readsOnly(couch, again.stdout, again.stderr);
});

Deno.test("upload of one database of a CouchDB sends what is in that one", async () => {
  await using couch = await startCouch();
  await fill(couch);
  await using stage = await setLoggedInStage();
  equal((await stage.run(["upload", `${couch.url}/report`])).code, 0);
  equal(serials(stage).toSorted(), ["SN-3", "SN/1 ä"]);
});

Deno.test("a run that goes on in a CouchDB is left until it is finished", async () => {
  await using couch = await startCouch();
  const running = { status: "run", "stop_time": null };
  await couch.put("/runstore/current", record("SN-1", running));
  await using stage = await setLoggedInStage();
  const first = await stage.run(["upload", couch.url]);
  equal(first.code, 6);
  match(first.stdout, /not finished/);
  equal(stage.sandbox.reports.length, 0);

  await couch.put("/runstore/current", record("SN-1"));
  equal((await stage.run(["upload", couch.url])).code, 0);
  equal(serials(stage), ["SN-1"]);
});

Deno.test("what HardPy's next run has replaced in a CouchDB is sent from the ledger by the next upload of that CouchDB", async () => {
  await using couch = await startCouch();
  await couch.put("/runstore/current", record("SN-1", at(1)));
  await using stage = await setLoggedInStage();
  const args = ["upload", "--retry-for", "0", couch.url];
  stage.sandbox.setReachable(false);
  equal((await stage.run(args)).code, 6);
  await couch.put("/runstore/current", record("SN-2", at(2)));
  stage.sandbox.setReachable(true);
  equal((await stage.run(args)).code, 0);
  equal(serials(stage).toSorted(), ["SN-1", "SN-2"]);
});

Deno.test("upload --database reads [database] of hardpy.toml, and --dry-run and --export do too", async () => {
  await using couch = await startCouch();
  await fill(couch);
  await using stage = await setLoggedInStage();
  const toml = await stage.folder.write("hardpy.toml", tomlOf(couch));
  const run = (...flags: string[]) =>
    stage.run(["upload", "--config", toml, "--database", ...flags]);
  const planned = await run("--dry-run", "--json");
  match(planned.stdout, /"would_upload":3/);
  const bundle = stage.folder.join("bundle.zip");
  const exported = await run("--export", bundle, "--json");
  match(exported.stdout, /"exported":3/);
  equal(stage.sandbox.reports.length, 0);
  const sent = await run();
  equal(sent.code, 0);
  equal(stage.sandbox.reports.length, 3);
  readsOnly(couch, planned.stdout, exported.stdout, sent.stdout, sent.stderr);
});

Deno.test("history retry reads what StandCloud refused again from the database that hardpy.toml names", async () => {
  await using couch = await startCouch();
  await couch.put("/report/report_1_SN-1", report("SN-1"));
  await using stage = await setLoggedInStage();
  const toml = await stage.folder.write("hardpy.toml", tomlOf(couch));
  stage.sandbox.faults.push({
    match: (_method, path) => path.endsWith("/test_report"),
    times: 1,
    action: { kind: "respond", status: 422, body: "{}" },
  });
  equal((await stage.run(["upload", `${couch.url}/report`])).code, 5);
  const retried = await stage.run(["history", "retry", "--config", toml]);
  equal(retried.code, 0);
  equal(serials(stage), ["SN-1"]);
  readsOnly(couch, retried.stdout, retried.stderr);
});

Deno.test("upload --database takes the folder of HardPy's JSON storage where hardpy.toml names that", async () => {
  await using stage = await setLoggedInStage();
  const toml = await stage.folder.write(
    "hardpy.toml",
    `[database]\nstorage_type = "json"\nstorage_path = "kept"\n`,
  );
  const folder = stage.folder.join("kept/storage/runstore");
  await Deno.mkdir(folder, { recursive: true });
  const text = JSON.stringify({ ...record("SN-1"), "_id": "1792000000123" });
  await stage.folder.write("kept/storage/runstore/1792000000123.json", text);
  const args = ["upload", "--config", toml, "--database"];
  equal((await stage.run(args)).code, 0);
  equal(serials(stage), ["SN-1"]);
});

Deno.test("validate and show take the URL of a CouchDB", async () => {
  await using couch = await startCouch();
  await fill(couch);
  await using stage = await setLoggedInStage();
  const checked = await stage.run(["validate", "--json", couch.url]);
  equal(checked.code, 0);
  match(checked.stdout, /"valid":4,"invalid":0/);
  const shown = await stage.run(["show", "--json", `${couch.url}/report`]);
  equal(shown.code, 0);
  match(shown.stdout, /"serial_number":"SN\/1 ä"/);
  readsOnly(couch, checked.stdout, checked.stderr, shown.stdout, shown.stderr);
});
