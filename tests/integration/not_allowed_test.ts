import { deepStrictEqual as equal, match } from "node:assert/strict";
import { writeReports } from "../support/many_reports.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

/** A stand whose account may no longer use StandCloud. */
async function setForbiddenStage(): Promise<Stage> {
  const stage = await setLoggedInStage();
  stage.sandbox.isAllowed = false;
  return stage;
}

const MESSAGE = /does not allow this account to use it \(HTTP 403\)$/;

Deno.test("sc-login --check is not_allowed for an account that the sign-in proxy does not let in", async () => {
  await using stage = await setForbiddenStage();

  const result = await stage.run(["sc-login", "--check", "--json"]);

  equal(result.code, 3);
  const [check = {}, error = {}] = eventsOf(result);
  equal([check["state"], check["http_status"], error["code"]], [
    "not_allowed",
    403,
    "not_allowed",
  ]);
  match(String(error["message"]), MESSAGE);
});

Deno.test("doctor and status --online tell an account that is not allowed so", async () => {
  await using stage = await setForbiddenStage();

  const doctor = await stage.run(["doctor", "--json"]);
  const status = await stage.run(["status", "--online", "--json"]);

  equal([doctor.code, status.code], [3, 3]);
  const failed = eventsOf(doctor).filter(({ state }) => state === "failed");
  equal(failed.map(({ group }) => group), ["logins"]);
  match(String(failed[0]?.["message"]), MESSAGE);
  equal(
    eventsOf(status).find(({ event }) => event === "error")?.["code"],
    "not_allowed",
  );
});

for (
  const args of [
    ["list"],
    ["get", "some-id"],
    ["failed", "some-id"],
    ["duts"],
    ["devices", "--part-number", "PN-1"],
  ]
) {
  Deno.test(`runs ${args[0]} tells an account that is not allowed so`, async () => {
    await using stage = await setForbiddenStage();

    const result = await stage.run(["runs", ...args, "--json"]);

    equal([result.code, eventsOf(result).at(-1)?.["code"]], [3, "not_allowed"]);
  });
}

for (const concurrency of ["1", "4"]) {
  Deno.test(`upload of an account that is not allowed leaves every report waiting, and sends them once it is allowed (concurrency ${concurrency})`, async () => {
    await using stage = await setForbiddenStage();
    await writeReports(stage.folder.join("runs"), 10);
    const folder = stage.folder.join("runs");
    const upload = ["upload", "--json", "--concurrency", concurrency, folder];

    const refused = await stage.run(upload);

    equal(refused.code, 3);
    equal(outcomesOf(refused).counts, counted({ waiting: 10 }));
    equal(eventsOf(refused).at(-1)?.["code"], "not_allowed");
    const reports = eventsOf(refused).filter(({ event }) => event === "report");
    equal(reports.map((one) => one["http_status"]), Array(10).fill(403));
    const history = eventsOf(await stage.run(["history", "--json"]))
      .filter(({ event }) => event === "history");
    equal(new Set(history.map(({ state }) => state)), new Set(["waiting"]));
    equal(new Set(history.map((one) => one["http_status"])), new Set([403]));

    stage.sandbox.isAllowed = true;
    const allowed = await stage.run(upload);
    equal(allowed.code, 0);
    equal(outcomesOf(allowed).counts, counted({ uploaded: 10 }));
    equal(stage.sandbox.reports.length, 10);
  });
}
