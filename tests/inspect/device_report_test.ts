import assert from "node:assert/strict";
import { deviceCsv } from "../../src/cli/device_csv.ts";
import { DeviceReport } from "../../src/inspect/device_report.ts";
import { testRunRow } from "../../src/standcloud/test_runs.ts";

type Row = Record<string, unknown>;

const ROW: Row = {
  "serial_number": "A",
  "part_number": "PN",
  status: "pass",
  "start_time": "2026-01-02T00:00:00Z",
  "test_stand_info": { stage: "ICT" },
};
const BEFORE = { ...ROW, "start_time": "2026-01-01T00:00:00Z" };
const WITHOUT_STAGE = { ...ROW, "test_stand_info": {} };

function reportOf(...rows: Row[]) {
  const report = new DeviceReport();
  for (const row of rows) report.add(testRunRow(row));
  return report.records();
}

function statusOf(...rows: Row[]): string | undefined {
  return reportOf(...rows)[0]?.lastStatus;
}

Deno.test("DeviceReport calls a device FP that never failed at the stage of its last run", () => {
  const elsewhere = { stage: "FCT" };
  assert.equal(statusOf(ROW), "FP");
  assert.equal(statusOf({ ...ROW, status: "PASS" }), "FP");
  assert.equal(
    statusOf({ ...BEFORE, status: "fail", "test_stand_info": elsewhere }, ROW),
    "FP",
  );
  const other = { ...BEFORE, status: "fail", "serial_number": "B" };
  assert.equal(statusOf(ROW, other), "FP");
});

Deno.test("DeviceReport calls a device PASS that passed after a fail at the stage, in whatever order the rows come", () => {
  for (const status of ["fail", "FAIL", "Fail"]) {
    const failed = { ...BEFORE, status };
    assert.equal(statusOf(failed, ROW), "PASS");
    assert.equal(statusOf(ROW, failed), "PASS");
  }
  const empty = { "test_stand_info": { stage: "" } };
  assert.equal(
    statusOf({ ...BEFORE, ...empty, status: "fail" }, { ...ROW, ...empty }),
    "PASS",
  );
});

Deno.test("DeviceReport calls a device FP that passed without a stage, whatever failed before", () => {
  const failed = { ...WITHOUT_STAGE, status: "fail" };
  const at = { "start_time": BEFORE["start_time"] };
  assert.equal(statusOf({ ...failed, ...at }, WITHOUT_STAGE), "FP");
  const isNull = { "test_stand_info": { stage: null } };
  assert.equal(
    statusOf({ ...failed, ...at, ...isNull }, { ...ROW, ...isNull }),
    "FP",
  );
});

Deno.test("DeviceReport calls a device FAIL whose last run did anything but pass", () => {
  for (const status of ["fail", "FAIL", "skip", "stop", "passed", "", null]) {
    assert.equal(statusOf(BEFORE, { ...ROW, status }), "FAIL");
  }
});

Deno.test("DeviceReport leaves out rows without a start time, and takes the first of equal ones", () => {
  const failed = { ...ROW, status: "fail", "start_time": null };
  assert.equal(statusOf(failed, ROW), "FP");
  assert.deepEqual(reportOf(failed), []);
  const first = { ...ROW, "part_number": "first" };
  const [device] = reportOf(first, ROW);
  assert.equal(device?.partNumber, "first");
});

Deno.test("DeviceReport takes all rows without a serial number for one device, and an empty one for another", () => {
  const devices = reportOf(
    { ...BEFORE, "serial_number": null },
    { ...ROW, "serial_number": null, "dut_info": { "SerialNumber": "C" } },
    { ...BEFORE, "serial_number": "" },
  );
  assert.deepEqual(
    devices.map(({ serial, customSerialNumber }) => [
      serial,
      customSerialNumber,
    ]),
    [[null, "C"], ["", null]],
  );
});

Deno.test("deviceCsv() writes a header even when there is no device", () => {
  assert.deepEqual(
    [...deviceCsv([])],
    [
      "start_time,serial,part_number,last_stage,last_status,custom_serial_number\r\n",
    ],
  );
});
