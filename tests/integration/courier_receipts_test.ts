import assert from "node:assert/strict";
import { arrived, setExportedStage } from "../support/courier.ts";
import type { CourierStage } from "../support/courier.ts";
import { counted, outcomesOf } from "../support/outcomes.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";

const PATH = "/hardpy/api/v1/test_report";

/** What happened to each report, one line each: `uploaded SN-0000`. */
function changes(result: ProgramResult): string[] {
  return eventsOf(result).filter(({ event }) => event === "imported")
    .map((one) => `${one["change"]} ${one["serial_number"]}`).sort();
}

async function states({ stand }: CourierStage): Promise<string[]> {
  return eventsOf(await stand("history", "--json"))
    .filter(({ event }) => event === "history")
    .map((one) => `${one["state"]} ${one["serial_number"]}`).sort();
}

function upload({ pc, path }: CourierStage): Promise<ProgramResult> {
  return pc.run([
    ...["upload", "--json", "--retry-for", "0", "--concurrency", "1"],
    path("b.zip"),
  ]);
}

function importReceipts({ stand, path }: CourierStage): Promise<ProgramResult> {
  return stand("history", "import", "--json", path("b.receipts.jsonl"));
}

function receipts({ path }: CourierStage): Promise<string> {
  return Deno.readTextFile(path("b.receipts.jsonl"));
}

Deno.test("upload of a bundle again sends what is missing and keeps what its receipts said", async () => {
  await using stage = await setExportedStage();
  const { sandbox } = stage.pc;
  // As an upload that was killed leaves them.
  await Deno.writeTextFile(stage.path("b.receipts.jsonl"), "");
  sandbox.faults.push({
    match: (_, path) => path === PATH,
    after: 1,
    times: 1,
    action: {
      kind: "respond",
      status: 422,
      body: JSON.stringify({
        detail: [{ loc: ["body", "dut"], msg: "Not today", type: "x" }],
      }),
    },
  });
  sandbox.faults.push({
    match: (_, path) => path === PATH,
    after: 1,
    action: { kind: "respond", status: 503 },
  });

  const first = await upload(stage);
  assert.equal(first.code, 5);
  assert.deepEqual(
    outcomesOf(first).counts,
    counted({ uploaded: 1, rejected: 1, waiting: 1 }),
  );
  const once = (await receipts(stage)).trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  assert.deepEqual(
    once.map(({ outcome, issues }) => [outcome, issues]),
    [
      ["uploaded", []],
      ["rejected", [{ path: "/dut", message: "Not today" }]],
      ["waiting", []],
    ],
  );
  const half = await importReceipts(stage);
  assert.equal(half.code, 5);
  assert.deepEqual(changes(half).map((one) => one.split(" ")[0]), [
    "rejected",
    "uploaded",
    "waiting",
  ]);
  const rejected = await stage.stand("history", "--rejected");
  assert.match(
    rejected.stdout,
    /^rejected .*HTTP 422; Not today.*\n {2}error: Not today \[refused-by-server \/dut\]$/m,
  );

  sandbox.faults.length = 0;
  const second = await upload(stage);
  assert.deepEqual(
    outcomesOf(second).counts,
    counted({ "already_uploaded": 1, rejected: 1, uploaded: 1 }),
  );
  const twice = (await receipts(stage)).trim().split("\n").map((line) =>
    JSON.parse(line)
  );
  assert.equal(twice.length, 3);
  assert.deepEqual(twice[0], once[0]);
  assert.deepEqual(
    twice.map(({ outcome }) => outcome).sort(),
    ["rejected", "uploaded", "uploaded"],
  );
  assert.equal(arrived(stage.pc).length, 2);

  const retried = await stage.pc.run(["history", "retry", "--json"]);
  assert.equal(retried.code, 0);
  assert.deepEqual(outcomesOf(retried).counts, counted({ uploaded: 1 }));
  const imported = await importReceipts(stage);
  assert.equal(imported.code, 0);
  assert.deepEqual(changes(imported), [
    "known SN-0000",
    "uploaded SN-0001",
    "uploaded SN-0002",
  ]);
});

Deno.test("history import changes nothing the second time, and takes nothing back", async () => {
  await using stage = await setExportedStage();
  assert.equal((await upload(stage)).code, 0);
  const good = await receipts(stage);
  assert.equal((await importReceipts(stage)).code, 0);
  const before = await stage.stand("history", "--json");

  const again = await importReceipts(stage);
  assert.equal(again.code, 0);
  assert.deepEqual(changes(again), [
    "known SN-0000",
    "known SN-0001",
    "known SN-0002",
  ]);

  for (const outcome of ["rejected", "waiting", "invalid"]) {
    await Deno.writeTextFile(
      stage.path("b.receipts.jsonl"),
      good.replaceAll('"outcome":"uploaded"', `"outcome":"${outcome}"`),
    );
    const result = await importReceipts(stage);
    assert.equal(result.code, 0);
    assert.deepEqual(changes(result), [
      "kept SN-0000",
      "kept SN-0001",
      "kept SN-0002",
    ]);
  }
  assert.deepEqual(await stage.stand("history", "--json"), before);
});

Deno.test("history import takes over nothing of receipts with one bad line, and names it", async () => {
  await using stage = await setExportedStage();
  assert.equal((await upload(stage)).code, 0);
  const good = await receipts(stage);
  const lines = good.split("\n");
  const bad = [
    "",
    good.slice(0, -1),
    good.slice(0, -20),
    good.replace(/"digest":"[0-9a-f]{4}/, '"digest":"../x'),
    `${lines[0]}\n{"outcome":"uploaded"}\n`,
    `${lines[0]}\nnull\n`,
    `${lines[0]}\n\n`,
    good.replace('"outcome":"uploaded"', '"outcome":"lost"'),
  ];
  for (const text of bad) {
    await Deno.writeTextFile(stage.path("b.receipts.jsonl"), text);
    const result = await importReceipts(stage);
    assert.equal(result.code, 5, text);
    assert.match(
      String(eventsOf(result)[0]?.["message"]),
      /b\.receipts\.jsonl:\d: /,
    );
  }
  assert.deepEqual(await states(stage), [
    "waiting SN-0000",
    "waiting SN-0001",
    "waiting SN-0002",
  ]);
});

Deno.test("upload sends nothing of a bundle that is damaged", async () => {
  await using stage = await setExportedStage();
  const zip = await Deno.readFile(stage.path("b.zip"));
  const before = stage.pc.sandbox.requestCount;
  await Deno.writeFile(stage.path("b.zip"), zip.subarray(0, -200));

  const result = await upload(stage);

  assert.equal(result.code, 5);
  const [error, ...more] = eventsOf(result);
  assert.deepEqual(more, []);
  assert.equal(error?.["code"], "bundle_damaged");
  assert.equal(stage.pc.sandbox.requestCount, before);
  await assert.rejects(Deno.lstat(stage.path("b.receipts.jsonl")));
});

Deno.test("upload sends nothing of a bundle that is for another address, or whose receipts cannot be written", async () => {
  await using stage = await setExportedStage();
  const { pc, path } = stage;
  await pc.run(["upload", "--export", path("other.zip"), path("runs")], {
    env: { STANDCLOUD_ADDRESS: "other.example" },
  });
  const other = await pc.run(["upload", path("other.zip")]);
  assert.equal(other.code, 2);
  assert.match(other.stderr, /is for other\.example, but this is 127/);

  await Deno.mkdir(path("b.receipts.jsonl"));
  const folder = await pc.run(["upload", path("b.zip")]);
  assert.equal(folder.code, 2);
  assert.equal(arrived(pc).length, 0);
});

Deno.test("upload --dry-run of a bundle says what would be sent, and writes no receipts", async () => {
  await using stage = await setExportedStage();
  const result = await stage.pc.run(
    ["upload", "--json", "--dry-run", stage.path("b.zip")],
  );
  assert.equal(result.code, 0);
  assert.deepEqual(outcomesOf(result).counts, counted({ "would_upload": 3 }));
  await assert.rejects(Deno.lstat(stage.path("b.receipts.jsonl")));
});

Deno.test("history import of a file without receipts says so, names its place, and the way out", async () => {
  await using stage = await setExportedStage();
  for (const text of ['{"note":1}', '{\n  "note": 1\n}\n', "[]", "Hello\n"]) {
    const file = stage.path("notes.json");
    await Deno.writeTextFile(file, text);
    const { code, stderr } = await stage.stand("history", "import", file);
    assert.equal(code, 5);
    assert.ok(stderr.includes(`${file}:1:1: "${file}" holds no receipts`));
    assert.match(stderr, /\.receipts\.jsonl/);
    assert.doesNotMatch(stderr, /cut off/);
  }
});

Deno.test("history import says of receipts that end early that they are cut off", async () => {
  await using stage = await setExportedStage();
  await upload(stage);
  const whole = await receipts(stage);
  for (const length of [1, 5, 20, whole.indexOf("\n"), whole.length - 1]) {
    const file = stage.path("early.receipts.jsonl");
    await Deno.writeTextFile(file, whole.slice(0, length));
    const { code, stderr } = await stage.stand("history", "import", file);
    assert.equal(code, 5);
    assert.match(stderr, /it is cut off/);
  }
});
