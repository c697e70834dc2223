import assert from "node:assert/strict";
import type { Finding } from "../../../src/runs/issue.ts";
import { ONCE, reportKey, stand, UPLOADED, WAITING } from "./ledgers.ts";

const MISSING: Finding = {
  severity: "error",
  rule: "missing-mandatory-field",
  path: "/dut/part_number",
  message: "The DUT part number is missing",
  fix: "hardpy.set_dut_part_number",
};

Deno.test("hold() keeps the last held state of a record, until its run is uploaded in any form", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const facts = {
    runKey: "key",
    form: "record",
    place: "/r",
    bytes: 2,
  } as const;
  const [early, late] = [reportKey(1, facts), reportKey(2, facts)]
    .map((key) => ({ ...key, serialNumber: "SN", source: "/r" }));
  const report = {
    ...reportKey(3, { ...facts, form: "report", place: "/q" }),
    serialNumber: "SN",
  };
  if (early === undefined || late === undefined) return assert.fail();
  const document = (wire: string) => ({ wire, run: "a run" });
  const issues = [MISSING];
  await ledger.hold(early, { issues, document: document("1") });
  await ledger.hold(late, { issues, document: document("2") });
  assert.equal(ledger.find(early), undefined);
  assert.equal(ledger.documentOf(early), undefined);
  assert.equal(ledger.documentOf(late), "2");
  assert.deepEqual(
    opened.history.kept(late.address).map(({ digest }) => digest),
    [late.digest],
  );
  await ledger.claim(report, ONCE);
  await ledger.settle(report, UPLOADED);
  assert.equal(ledger.find(late)?.state, "superseded");
  assert.equal(ledger.documentOf(late), undefined);
});

Deno.test("settle() lets an earlier state of a record wait when a rule holds the later one", async () => {
  await using opened = await stand();
  const { ledger } = opened;
  const document = { wire: "{}", run: "a run" };
  await ledger.claim(reportKey(1), { ...ONCE, document });
  await ledger.hold(reportKey(2), { issues: [MISSING], document });
  await ledger.settle(reportKey(1), WAITING);
  assert.equal(ledger.find(reportKey(1))?.state, "waiting");
});
