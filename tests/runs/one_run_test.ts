import assert from "node:assert/strict";
import type { Examined } from "../../src/runs/examine.ts";
import { examine } from "../../src/runs/examine.ts";
import {
  areSameRun,
  fullestFirst,
  isFuller,
  type RunMember,
  runOf,
} from "../../src/runs/one_run.ts";
import type { StoredForm } from "../../src/runs/stored_form.ts";

function member(
  form: StoredForm,
  changes: Partial<RunMember> = {},
): RunMember {
  const place = `/stand/${form}.json`;
  const known = { form, place, serialNumber: "SN", run: "a", digest: "1" };
  return { ...known, ...changes };
}

Deno.test("runOf() takes another form with the same serial number for the same run", () => {
  assert.equal(runOf(member("report"), [member("history")]), "a");
});

Deno.test("runOf() takes two documents of one form for two runs", () => {
  const other = member("report", { place: "/stand/other.json" });
  assert.equal(runOf(member("report"), [other]), undefined);
});

Deno.test("runOf() takes two states of one file for one run, but not of stdin", () => {
  assert.equal(runOf(member("record"), [member("record")]), "a");
  const piped = member("record", { place: "-" });
  assert.equal(runOf(piped, [piped]), undefined);
});

Deno.test("runOf() lets a serial number be set later, and never be another one", () => {
  const record = member("record");
  for (const serialNumber of [null, "", " "]) {
    const history = member("history", { serialNumber });
    assert.equal(runOf(record, [history]), "a");
    assert.equal(runOf(history, [record]), "a");
  }
  const another = member("history", { serialNumber: "SN-2" });
  assert.equal(runOf(record, [another]), undefined);
});

Deno.test("runOf() prefers the run with the same serial number", () => {
  const unnamed = member("history", { run: "b", serialNumber: null });
  const named = member("history", { run: "a" });
  assert.equal(runOf(member("record"), [unnamed, named]), "a");
});

Deno.test("runOf() takes no run of which one form does not fit", () => {
  const members = [member("history"), member("report", { place: "/x.json" })];
  assert.equal(runOf(member("report"), members), undefined);
});

Deno.test("isFuller() knows how much of its run each form lacks", () => {
  assert.ok(isFuller("report", "record"));
  assert.ok(isFuller("tempstore", "record"));
  assert.ok(isFuller("record", "history"));
  assert.ok(!isFuller("report", "tempstore"));
  assert.ok(!isFuller("history", "history"));
});

Deno.test("fullestFirst() lets what is as full, or no run, stay in its order", () => {
  const forms = [
    "history",
    undefined,
    "record",
    "tempstore",
    "report",
  ] as const;
  const documents = forms.map((form) => ({ form }));
  assert.deepEqual(
    fullestFirst(documents, ({ form }) => form).map(({ form }) => form),
    [undefined, "tempstore", "report", "record", "history"],
  );
});

/** A file that holds a run as far as its run key goes. */
function examined(run: Record<string, unknown>): Promise<Examined[]> {
  const bytes = new TextEncoder().encode(JSON.stringify({
    ...{ "_id": "localhost_8000", "_rev": "localhost_8000", name: "plan" },
    ...{ modules: {}, "test_stand": {}, status: "passed" },
    ...run,
  }));
  return examine({ name: "a.json", read: () => Promise.resolve({ bytes }) });
}

Deno.test("areSameRun() compares runs by their key and serial number, and never two without a start", async () => {
  const dut = (serial: string) => ({ "serial_number": serial });
  const one = await examined({ "start_time": 1, dut: dut("SN") });
  const later = await examined({ "start_time": 1, dut: dut(""), artifact: {} });
  assert.ok(areSameRun(one, later));
  const others = [
    { "start_time": 2, dut: dut("SN") },
    { "start_time": 1, dut: dut("SN-2") },
  ];
  for (const other of others) {
    assert.ok(!areSameRun(one, await examined(other)));
  }
  const startless = await examined({ dut: dut("SN") });
  assert.ok(!areSameRun(startless, startless));
  assert.ok(!areSameRun(one, []));
});
