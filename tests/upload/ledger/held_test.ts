import assert from "node:assert/strict";
import type { Finding } from "../../../src/runs/issue.ts";
import type { EntryState } from "../../../src/upload/ledger/entry.ts";
import {
  ONCE,
  REJECTED,
  reportKey,
  stand,
  UPLOADED,
  WAITING,
} from "./ledgers.ts";

const MISSING: Finding = {
  severity: "error",
  rule: "missing-mandatory-field",
  path: "/dut/part_number",
  message: "The DUT part number is missing",
  fix: "hardpy.set_dut_part_number",
};

type Opened = Awaited<ReturnType<typeof stand>>;

/** A report that is held, and its key. */
async function held(
  { ledger }: Opened,
  changes: Parameters<typeof reportKey>[1] = {},
) {
  const key = reportKey(1, changes);
  await ledger.hold(key, { issues: [MISSING] });
  return key;
}

/** Sends a report, and all goes well. */
async function uploaded(
  { ledger }: Opened,
  key: ReturnType<typeof reportKey>,
): Promise<void> {
  await ledger.claim(key, ONCE);
  await ledger.settle(key, UPLOADED);
}

Deno.test("hold() keeps a run with the rules that hold it, without its warnings", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const warning = { ...MISSING, severity: "warning" } as const;
  const entry = await ledger.hold(reportKey(1), { issues: [MISSING, warning] });
  assert.equal(entry.state, "held");
  assert.deepEqual(entry.issues, [MISSING]);
  assert.deepEqual(ledger.find(reportKey(1)), entry);
});

Deno.test("hold() once more changes nothing, and with other findings the findings", async () => {
  await using opened = await stand();
  const { ledger, system } = opened;
  const key = await held(opened);
  const before = ledger.find(key);
  system.clock.advance(60_000);
  await ledger.hold(key, { issues: [MISSING] });
  assert.deepEqual(ledger.find(key), before);
  const other = { ...MISSING, path: "/test_stand/name" };
  const entry = await ledger.hold(key, { issues: [other] });
  assert.deepEqual(entry.issues, [other]);
  assert.notDeepEqual(entry.updatedAt, before?.updatedAt);
});

Deno.test("hold() bounds what a document makes the ledger keep", async () => {
  await using opened = await stand();
  const long = { ...MISSING, message: "x".repeat(10_000) };
  const { issues } = await opened.ledger.hold(reportKey(1), {
    issues: Array.from({ length: 500 }, () => long),
  });
  assert.equal(issues.length, 20);
  assert.equal(issues[0]?.message.length, 500);
  assert.equal(issues.at(-1)?.more, 480);
});

for (
  const [state, settlement] of [
    ["uploaded", UPLOADED],
    ["rejected", REJECTED],
    ["sending", undefined],
  ] as const
) {
  Deno.test(`hold() leaves a run that is ${state} as it is`, async () => {
    await using opened = await stand();
    const { ledger } = opened;
    await ledger.claim(reportKey(1), ONCE);
    if (settlement) await ledger.settle(reportKey(1), settlement);
    const entry = await ledger.hold(reportKey(1), { issues: [MISSING] });
    assert.equal(entry.state, state);
    assert.equal(ledger.find(reportKey(1))?.state, state);
    assert.deepEqual(entry.issues, []);
  });
}

Deno.test("hold() leaves a run that waits with filled fields, and holds one that waits without", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  for (const [number, isFilled] of [[1, true], [2, false]] as const) {
    const key = reportKey(number, { isFilled });
    await ledger.claim(key, ONCE);
    await ledger.settle(key, { ...WAITING, isUnknown: true });
    await ledger.hold(key, { issues: [MISSING] });
  }
  assert.equal(ledger.find(reportKey(1))?.state, "waiting");
  const second = ledger.find(reportKey(2));
  assert.deepEqual([second?.state, second?.isUnknown], ["held", true]);
});

Deno.test("claim() of a held run goes through, and what became of it takes the place of the rules", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const key = await held(opened);
  await uploaded(opened, { ...key, isFilled: true });
  const entry = ledger.find(key);
  assert.deepEqual([entry?.state, entry?.issues], ["uploaded", []]);
});

Deno.test("settle() keeps what StandCloud has against a report, until it is sent again", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const refusal = { ...MISSING, rule: "refused-by-server" };
  await ledger.claim(reportKey(1), ONCE);
  await ledger.settle(reportKey(1), { ...REJECTED, issues: [refusal] });
  const claim = await ledger.claim(reportKey(1), ONCE);
  assert.ok(claim.kind === "rejected");
  assert.deepEqual(claim.entry.issues, [refusal]);
  await ledger.claim(reportKey(1), { again: true, rejectedToo: true });
  assert.deepEqual(ledger.find(reportKey(1))?.issues, []);
});

const SOURCE = reportKey(1).source;

/** What a later upload is, and what becomes of the held report then. */
const UPLOADS: Record<
  string,
  [Parameters<typeof reportKey>[1], EntryState]
> = {
  "the mended file": [{ source: SOURCE, serialNumber: "SN-1" }, "superseded"],
  "another file": [{ serialNumber: "SN-1" }, "held"],
  "a run of another DUT at its path": [{ source: SOURCE }, "held"],
  "the file as it was moved to rejected/": [
    { source: "/runs/rejected/1.json", serialNumber: "SN-1" },
    "superseded",
  ],
  "the mended file at another address": [
    { source: SOURCE, serialNumber: "SN-1", address: "b.example" },
    "held",
  ],
};

for (const [name, [changes, state]] of Object.entries(UPLOADS)) {
  Deno.test(`a held run is ${state} after the upload of ${name}`, async () => {
    await using opened = await stand();
    const key = await held(opened);
    await uploaded(opened, reportKey(2, changes));
    assert.equal(opened.ledger.find(key)?.state, state);
  });
}

Deno.test("a refused run is superseded by the mended file, and is not sent again then", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  await ledger.claim(reportKey(1), ONCE);
  await ledger.settle(reportKey(1), REJECTED);
  const mended = { source: SOURCE, serialNumber: "SN-1" };
  await uploaded(opened, reportKey(2, mended));
  assert.equal(ledger.find(reportKey(1))?.state, "superseded");
  const claim = await ledger.claim(reportKey(1), ONCE);
  assert.equal(claim.kind, "uploaded");
  const again = await ledger.hold(reportKey(1), { issues: [MISSING] });
  assert.equal(again.state, "superseded");
});

Deno.test("a run that was held in HardPy's record stays held when the next run takes its place", async () => {
  await using opened = await stand();
  const record = { form: "record", source: "/runstore/a.json" } as const;
  const shared = { ...record, serialNumber: "SN-1" };
  const key = await held(opened, { ...shared, runKey: "one" });
  await uploaded(opened, reportKey(2, { ...shared, runKey: "two" }));
  assert.equal(opened.ledger.find(key)?.state, "held");
  await uploaded(opened, reportKey(3, { ...shared, runKey: "one" }));
  assert.equal(opened.ledger.find(key)?.state, "superseded");
});

Deno.test("what came through stdin is not superseded by what comes through it next", async () => {
  await using opened = await stand();
  const piped = { source: "-", serialNumber: "SN-1" };
  const key = await held(opened, piped);
  await uploaded(opened, reportKey(2, piped));
  assert.equal(opened.ledger.find(key)?.state, "held");
});

Deno.test("a held form of a run is superseded when another form is uploaded", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const run = { runKey: "key", serialNumber: "SN-1" };
  const key = await held(opened, { ...run, form: "history" });
  await uploaded(opened, reportKey(2, { ...run, form: "report" }));
  assert.equal(ledger.find(key)?.state, "superseded");
});

Deno.test("hold() of another form of an uploaded run says that it is uploaded", async () => {
  await using opened = await stand();
  const run = { runKey: "key", serialNumber: "SN-1" };
  await uploaded(opened, reportKey(2, { ...run, form: "report" }));
  const key = await held(opened, { ...run, form: "history" });
  assert.equal(opened.ledger.find(key)?.state, "uploaded");
});

Deno.test("forget() drops a held run", async () => {
  await using opened = await stand();
  const key = await held(opened);
  const [entry] = opened.history.entries({ state: "held" });
  assert.ok(entry && opened.history.forget(entry));
  assert.equal(opened.ledger.find(key), undefined);
});

Deno.test("find() takes damaged issues for none", async () => {
  await using opened = await stand();
  const key = await held(opened);
  for (const issues of ["{", "{}", '[{"severity":"error"}]', "[null]"]) {
    const { DatabaseSync } = await import("node:sqlite");
    const database = new DatabaseSync(opened.system.paths().ledgerFile);
    database.prepare("UPDATE reports SET issues = ?").run(issues);
    database.close();
    assert.deepEqual(opened.ledger.find(key)?.issues, [], issues);
  }
});
