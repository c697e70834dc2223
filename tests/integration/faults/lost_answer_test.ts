import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import type {
  Fault,
  FaultAction,
} from "../../../scripts/sandbox/fault_types.ts";
import { arrived, writeReports } from "../../support/many_reports.ts";
import { eventsOf } from "../../support/running_program.ts";
import { runFile } from "../../support/runs.ts";
import {
  setLoggedInStage,
  type Stage,
  type StageOptions,
} from "../../support/stage.ts";

/** A stand with one report to send, and what happens to the first try. */
async function setScene(
  action: FaultAction,
  options: StageOptions = {},
): Promise<Stage & { path: string }> {
  const stage = await setLoggedInStage(options);
  await writeReports(stage.folder.join("runs"), 1);
  const fault: Fault = {
    match: (method, path) =>
      method === "POST" && path === "/hardpy/api/v1/test_report",
    times: 1,
    action,
  };
  stage.sandbox.faults.push(fault);
  return { ...stage, path: stage.folder.join("runs", "SN-0.json") };
}

async function reportOf(
  stage: Stage,
  args: string[],
): Promise<Record<string, unknown>> {
  const result = await stage.run(["upload", "--json", ...args]);
  return eventsOf(result).find(({ event }) => event === "report") ?? {};
}

Deno.test("upload finds a run whose answer was lost and takes its id over", async () => {
  await using stage = await setScene({ kind: "commit_then_drop" });

  const report = await reportOf(stage, [stage.path]);

  const [stored] = stage.sandbox.reports;
  equal(
    [report["outcome"], report["attempts"], report["test_run_id"]],
    ["uploaded", 1, stored?.id],
  );
  match(String(report["reason"]), /^found at StandCloud/);
  equal(stage.sandbox.reports.length, 1);
});

for (const status of [403, 404, 405]) {
  Deno.test(`upload sends a run again and says so when the look-up answers ${status}`, async () => {
    await using stage = await setScene({ kind: "commit_then_drop" });
    stage.sandbox.lookup.status = status;

    const report = await reportOf(stage, [stage.path]);

    equal(
      [report["outcome"], report["attempts"], report["possibly_duplicate"]],
      ["uploaded", 2, true],
    );
    equal(arrived(stage.sandbox), ["SN-0", "SN-0"]);
    const { stdout } = await stage.run(["history"]);
    match(stdout, /may be at StandCloud twice/);
  });
}

Deno.test("upload gives each try of a report the same Idempotency-Key, so that a service that knows it stores it once", async () => {
  await using stage = await setScene({ kind: "commit_then_drop" }, {
    honourIdempotencyKey: true,
  });
  stage.sandbox.lookup.status = 404;

  const report = await reportOf(stage, [stage.path]);

  const [stored, ...others] = stage.sandbox.reports;
  equal(others, []);
  equal([report["outcome"], report["attempts"]], ["uploaded", 2]);
  equal(report["test_run_id"], stored?.id);
  equal(stored?.headers["idempotency-key"], `"${report["digest"]}"`);
});

Deno.test("upload --force sends with another Idempotency-Key", async () => {
  await using stage = await setScene({ kind: "close_connection" }, {
    honourIdempotencyKey: true,
  });
  await reportOf(stage, [stage.path]);
  await reportOf(stage, ["--force", stage.path]);
  const keys = stage.sandbox.reports.map(({ headers }) =>
    headers["idempotency-key"]
  );
  equal([keys.length, new Set(keys).size], [2, 2]);
});

// StandCloud stores the report after the client has looked for it in vain: no
// client can know that. Only the Idempotency-Key can keep the second one out.
Deno.test("upload of a report that is stored long after the time-out relies on the Idempotency-Key", async () => {
  const delay = { kind: "delay", milliseconds: 2500 } as const;
  await using stage = await setScene(delay, { honourIdempotencyKey: true });

  const report = await reportOf(stage, ["--timeout", "1", stage.path]);

  equal([report["outcome"], report["attempts"]], ["uploaded", 2]);
  const { requests } = stage.sandbox;
  const isOver = () =>
    requests.filter(({ method }) => method === "POST").length >= 2;
  while (!isOver()) await new Promise((resolve) => setTimeout(resolve, 50));
  equal(arrived(stage.sandbox), ["SN-0"]);
});

Deno.test("upload tells two runs of one device apart by their times", async () => {
  await using stage = await setScene({ kind: "close_connection" });
  const text = await Deno.readTextFile(stage.path);
  const later = await stage.folder.write(
    "later.json",
    text.replaceAll("1795354857", "1795354999"),
  );
  await reportOf(stage, [stage.path]);
  stage.sandbox.faults.push({
    match: (method) => method === "POST",
    times: 1,
    action: { kind: "reset" },
  });

  const report = await reportOf(stage, [later]);

  equal([report["outcome"], report["attempts"]], ["uploaded", 2]);
  equal(stage.sandbox.reports.length, 2);
});

Deno.test("upload does not take the run of another report for the one that was lost", async () => {
  await using stage = await setScene({ kind: "close_connection" });
  const text = await Deno.readTextFile(stage.path);
  // Of the same device in the same second, and still another run.
  const twin = await stage.folder.write(
    "twin.json",
    text.replace('"name": "minimum"', '"name": "maximum"'),
  );
  await reportOf(stage, [stage.path]);
  stage.sandbox.faults.push({
    match: (method) => method === "POST",
    times: 1,
    action: { kind: "reset" },
  });

  const report = await reportOf(stage, [twin]);

  equal([report["outcome"], report["attempts"]], ["uploaded", 2]);
  ok(stage.sandbox.reports.some(({ body }) => body["name"] === "maximum"));
});

for (const order of [[], ["b", "a"], ["a", "b"]]) {
  Deno.test(`upload loses neither of two reports that StandCloud cannot tell apart, tried again ${order}`, async () => {
    await using stage = await setLoggedInStage();
    const run = JSON.parse(
      await Deno.readTextFile(runFile("minimum.jsonloader")),
    );
    const dut = { ...run.dut, "serial_number": "TWIN" };
    for (const name of ["a", "b"]) {
      const text = JSON.stringify({ ...run, dut, name });
      await stage.folder.write(`${name}.json`, text);
    }
    const send = (name: string) =>
      stage.run([
        ...["upload", "--retry-for", "0", "--after", "delete"],
        stage.folder.join(`${name}.json`),
      ]);
    for (const [name, kind] of [["a", "commit_then_drop"], ["b", "reset"]]) {
      stage.sandbox.faults.push({
        match: (method) => method === "POST",
        times: 1,
        action: { kind } as FaultAction,
      });
      equal((await send(name ?? "")).code, 6);
    }

    if (order.length === 0) await stage.run(["history", "retry"]);
    for (const name of order) equal((await send(name)).code, 0);

    const names = stage.sandbox.reports.map(({ text }) =>
      JSON.parse(text).name
    );
    equal([...new Set(names)].sort(), ["a", "b"]);
    match((await stage.run(["history"])).stdout, /may be at StandCloud twice/);
  });
}
