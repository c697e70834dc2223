import assert from "node:assert/strict";
import { basename } from "node:path";
import { fromRoot } from "../../../scripts/compile/paths.ts";
import { coloured } from "../../../src/inspect/show/text/paint.ts";
import { widthOf } from "../../../src/system/text_width.ts";
import { chartHeavyRun } from "./charts.ts";
import { pageOf, runWith, textOf, uncoloured } from "./shown.ts";

const FOLDERS = ["hardpy-0.22.1", "samples"];
const GOLDEN = fromRoot("tests/inspect/show/golden/");

const documents = new Map<string, string>();
for (const folder of FOLDERS) {
  const path = fromRoot(`tests/testdata/runs/${folder}/`);
  for await (const { name } of Deno.readDir(path)) {
    // The state of a running test is no run.
    if (!name.endsWith(".json") || name.includes("statestore")) continue;
    const text = await Deno.readTextFile(path + name);
    documents.set(`${folder}_${basename(name, ".json")}`, text);
  }
}
documents.set("charts", chartHeavyRun(5000));

/** The text kept in the file; rewritten first when `UPDATE_GOLDEN` is set. */
async function golden(name: string, text: string): Promise<string> {
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    await Deno.writeTextFile(GOLDEN + name, text);
  }
  return await Deno.readTextFile(GOLDEN + name).catch(() => "");
}

for (const [name, json] of documents) {
  for (const all of [false, true]) {
    const file = `${name}${all ? ".all" : ""}.txt`;
    Deno.test(`runText() shows what is in golden/${file}, in 80 columns`, async () => {
      const lines = textOf(json, { all });
      const text = `${lines.join("\n")}\n`;
      assert.equal(text, await golden(file, text));
      assert.deepEqual(lines.filter((line) => widthOf(line) > 80), []);
    });
  }
}

Deno.test("golden/ holds nothing of a document that is gone", async () => {
  for await (const { name } of Deno.readDir(GOLDEN)) {
    assert.ok(documents.has(name.replace(/(\.all)?\.txt$/, "")), name);
  }
});

Deno.test("runText() says the same with colours as without", () => {
  for (const json of documents.values()) {
    const painted = textOf(json, { paint: coloured }).join("\n");
    assert.ok(painted.includes("\x1b["));
    assert.equal(
      uncoloured(painted),
      textOf(json).join("\n"),
    );
  }
});

Deno.test("runText() shows the cause of failure before anything else", () => {
  const json = documents.get("hardpy-0.22.1_sensor_board_failed.jsonloader");
  const [status, , title, names, id, code, message] = textOf(json ?? "");
  assert.equal(status, "✗ FAILED  Climate sensor board");
  assert.deepEqual([title, names, id, code, message], [
    "Cause of failure",
    "  Sensors › Humidity reading",
    "  test_3_sensors::test_humidity",
    "  error code 31",
    "  AssertionError: Humidity sensor does not answer",
  ]);
});

Deno.test("runText() says so when the cause is a case that is not there", () => {
  const lines = textOf(
    runWith({}, { status: "failed", "caused_dut_failure_id": "gone::lost" }),
  );
  assert.deepEqual(lines.slice(2, 5), [
    "Cause of failure",
    "  gone::lost",
    "  the run holds no such case",
  ]);
});

Deno.test("runText() keeps to 80 columns with wide characters and endless words", () => {
  const wide = "電圧測定".repeat(40);
  const json = runWith({
    name: wide,
    status: wide,
    "start_time": 0,
    "stop_time": 9e9,
    "assertion_msg": "x".repeat(500),
    msg: { [wide]: `${wide}\n${wide}` },
    measurements: [{ name: wide, value: wide, unit: wide, operation: "eq" }],
    artifact: { [wide]: wide },
  }, { name: wide, user: wide, "error_code": 10 ** 20 });
  for (const all of [false, true]) {
    const long = textOf(json, { all }).filter((line) => widthOf(line) > 80);
    assert.deepEqual(long, []);
  }
});

Deno.test("runText() counts what it folds, and --all folds nothing", () => {
  const measurements = Array.from({ length: 100 }, (_, index) => ({
    name: `M${index}`,
    value: index,
    operation: "ne",
    "comparison_value": 50,
    result: index !== 50,
  }));
  const json = runWith({ measurements });
  const folded = textOf(json).filter((line) => /[✓✗…]/.test(line)).slice(3);
  assert.equal(folded.length, 8 + 1 + 2);
  assert.match(folded[8] ?? "", /… 42 more measurements \(--all\)/);
  assert.match(folded[9] ?? "", /✗ M50 +50, must be ≠ 50/);
  assert.match(folded[10] ?? "", /… 49 more measurements \(--all\)/);
  const all = textOf(json, { all: true });
  assert.equal(all.filter((line) => / M\d+ /.test(line)).length, 100);
});

Deno.test("runText() and runPage() say that a fixture failed before the test", async () => {
  const failed = { status: "failed", attempt: 0, "assertion_msg": "no power" };
  const run = runWith(failed, { status: "failed" });
  assert.ok(textOf(run).includes("  a fixture failed before the test"));
  assert.match(await pageOf(run), /A fixture failed before the test\./);
  const tried = runWith({ ...failed, attempt: 1 }, { status: "failed" });
  assert.ok(!textOf(tried).join("\n").includes("fixture"));
});

Deno.test("runText() says of a start that was refused that no run took place", () => {
  const times = { status: "failed", "start_time": null };
  const duration = (status: string) =>
    textOf(runWith({ status }, times)).find((line) => /^Duration/.test(line));
  assert.match(duration("ready") ?? "", /not started: HardPy refused it$/);
  assert.match(duration("skipped") ?? "", /not started$/);
});
