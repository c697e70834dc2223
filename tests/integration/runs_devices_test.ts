import { deepStrictEqual as equal, match } from "node:assert/strict";
import { onTerminal } from "../support/on_terminal.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, type Stage } from "../support/stage.ts";

const FOLDER = new URL("../testdata/devices/", import.meta.url);
const DEVICES = ["runs", "devices", "--part-number", "PN"];

/** `test_run` answers with these rows. */
function answer(stage: Stage, rows: string): void {
  stage.sandbox.faults.push({
    match: (_method, path) => path.endsWith("/test_run"),
    action: {
      kind: "respond",
      status: 200,
      headers: { "content-type": "application/json" },
      body: rows,
    },
  });
}

Deno.test("runs devices --csv writes what Everypin's SDK writes, byte by byte", async () => {
  await using stage = await setLoggedInStage();
  answer(stage, await Deno.readTextFile(new URL("rows.json", FOLDER)));
  const csv = await Deno.readTextFile(new URL("csv.json", FOLDER));

  const result = await stage.run([...DEVICES, "--csv"]);

  equal(result, { code: 0, stdout: JSON.parse(csv), stderr: "" });
});

Deno.test("runs devices prints JSON to another program, and a table on a terminal", async () => {
  await using stage = await setLoggedInStage({ lookup: { earlierRuns: 5 } });

  const events = eventsOf(await stage.run(DEVICES));
  const { text } = await onTerminal(stage, DEVICES);

  equal(events.length, 4);
  equal(events[3], {
    event: "summary",
    count: 3,
    address: stage.sandbox.address,
  });
  equal(events[0], {
    event: "device",
    "start_time": "2023-11-14T22:17:20.000Z",
    serial: "EARLIER-2",
    "part_number": "PN",
    "last_stage": "FCT",
    "last_status": "FAIL",
    "custom_serial_number": "4",
  });
  const [headings = "", first = ""] = text.split("\n");
  match(
    headings,
    /^START +SERIAL NUMBER +PART NUMBER +STAGE +STATUS +CUSTOM SERIAL$/,
  );
  match(first, /^2023-11-1[45] \d\d:\d\d:20 +EARLIER-2 +PN +FCT +FAIL +4$/);
});

Deno.test("runs devices --batch asks for that batch only", async () => {
  await using stage = await setLoggedInStage({ lookup: { earlierRuns: 5 } });
  const batch = [...DEVICES, "--batch", "B-1", "--csv"];
  equal((await stage.run(batch)).stdout.split("\r\n").length, 5);
  stage.sandbox.lookup.earlierRuns = 0;
  const empty = await stage.run(batch);
  match(empty.stdout, /^start_time,[^\n]*\r\n$/);
  equal([empty.code, empty.stderr], [0, "There is no such device.\n"]);
  const [summary, ...more] = eventsOf(await stage.run([...DEVICES, "--json"]));
  equal([summary?.["event"], summary?.["count"], more], ["summary", 0, []]);
});

Deno.test("runs devices --csv holds no formula, and leaves numbers as they are (duty 62)", async () => {
  await using stage = await setLoggedInStage();
  const cells = ["=cmd|' /C calc'!A0", "+1+1", "-a", "@SUM(1)", "\tx", "-2.5"];
  const rows = cells.map((cell, index) => ({
    "serial_number": cell,
    "part_number": "-2.5",
    status: "pass",
    "start_time": index,
  }));
  answer(stage, JSON.stringify(rows));
  const { stdout } = await stage.run([...DEVICES, "--csv"]);
  equal(
    stdout.split("\r\n").slice(1, -1).map((line) => line.split(",")[1]),
    ["-2.5", ...cells.slice(0, -1).map((cell) => `'${cell}`).reverse()],
  );
  const found = eventsOf(await stage.run(DEVICES)).map(({ serial }) => serial);
  equal(found.slice(0, -1), cells.toReversed());
});

Deno.test("runs devices cleans CSV for a terminal only", async () => {
  await using stage = await setLoggedInStage();
  const row = {
    "serial_number": "\u001b[2J",
    status: "pass",
    "start_time": 1,
  };
  answer(stage, JSON.stringify([row]));
  const csv = [...DEVICES, "--csv"];
  equal((await stage.run(csv)).stdout.includes(",\u001b[2J,"), true);
  match((await onTerminal(stage, csv)).text, /, \[2J,/);
});

for (
  const [args, message] of [
    [["runs", "devices"], /Give the part number/],
    [[...DEVICES, "--csv", "--json"], /--json and --csv exclude each other/],
  ] as const
) {
  Deno.test(`${args.join(" ")} is a wrong use`, async () => {
    await using stage = await setLoggedInStage();
    const { code, stdout, stderr } = await stage.run([...args]);
    equal(code, 2);
    match(stdout + stderr, message);
  });
}

Deno.test("runs devices prints no devices of an answer that broke off", async () => {
  await using stage = await setLoggedInStage({ lookup: { earlierRuns: 500 } });
  stage.sandbox.faults.push({
    match: (_method, path) => path.endsWith("/test_run"),
    action: { kind: "break_answer" },
  });
  const { code, stdout, stderr } = await stage.run([...DEVICES, "--csv"]);
  equal([code, stdout], [4, ""]);
  match(stderr, /^error: The answer of 127\.0\.0\.1:\d+ broke off\n/);
});
