import { deepStrictEqual as equal } from "node:assert/strict";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { runFile } from "../support/runs.ts";

async function run(serial: string): Promise<string> {
  const text = await Deno.readTextFile(runFile("minimum.jsonloader"));
  const document = JSON.parse(text);
  document.dut.serial_number = serial;
  return JSON.stringify(document);
}

/** Nobody writes to such a file any more: it is moved at once. */
const LONG_AGO = new Date(Date.now() - 7 * 24 * 3_600_000);

/** A stand whose StandCloud has refused files, which were moved; now it takes them. */
async function refused(
  files: readonly { name: string; serials: string[] }[],
): Promise<FakeStage> {
  const stage = await setFakeStage();
  const good = stage.service.answers["test_report"];
  stage.service.answers["test_report"] = () =>
    Response.json({ detail: "no" }, { status: 422 });
  for (const { name, serials } of files) {
    const lines = await Promise.all(serials.map(run));
    const file = await stage.folder.write(name, lines.join("\n"));
    await Deno.utime(file, LONG_AGO, LONG_AGO);
    equal((await stage.run(["upload", "--after", "move", file])).code, 5);
  }
  stage.service.answers["test_report"] = good;
  return stage;
}

/** The exit code of a retry, and what it counts. */
async function retried(stage: FakeStage): Promise<unknown[]> {
  const result = await stage.run(["history", "retry", "--json"]);
  return [result.code, outcomesOf(result).counts];
}

for (const name of ["r.json", "r.jsonl"]) {
  Deno.test(`history retry finds what was moved into rejected/, by its digest: ${name}`, async () => {
    await using stage = await refused([
      { name, serials: ["1", "2"].slice(0, name === "r.json" ? 1 : 2) },
      { name, serials: ["3"] },
      { name, serials: ["4"] },
    ]);
    // Another run took the old place, and one of the names is free again.
    await stage.folder.write(name, await run("5"));
    await Deno.remove(
      stage.folder.join(`rejected/${name}`.replace(".", ".1.")),
    );
    const uploaded = name === "r.json" ? 2 : 3;
    equal(await retried(stage), [5, counted({ uploaded, rejected: 1 })]);
  });
}

Deno.test("history retry sends a run once that lies in rejected/ twice", async () => {
  await using stage = await refused([
    { name: "r.json", serials: ["1"] },
    { name: "r.json", serials: ["1"] },
  ]);
  equal(await retried(stage), [0, counted({ uploaded: 1 })]);
});

Deno.test("history retry finds what was moved into rejected/ twice", async () => {
  await using stage = await refused([{ name: "r.json", serials: ["1"] }]);
  const rejected = stage.folder.join("rejected");
  equal((await stage.run(["upload", "--after", "move", rejected])).code, 5);
  await Deno.stat(`${rejected}/rejected/r.json`);
  equal(await retried(stage), [0, counted({ uploaded: 1 })]);
});
