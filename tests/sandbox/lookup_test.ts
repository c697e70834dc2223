import { deepStrictEqual as equal } from "node:assert/strict";
import { ReportStore } from "../../scripts/sandbox/report_store.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import {
  json,
  key,
  read,
  reportOf,
  reportPath,
  uploaded,
  uploadOf,
} from "./uploads.ts";

type Row = Record<string, unknown>;
const serials = (rows: Row[]) => rows.map((row) => row["serial_number"]);

Deno.test("test_run finds a run by numbers, stand and the device's own keys", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const id = await uploaded(stand, reportOf("SN1"));
  await uploaded(stand, reportOf("SN2"));
  await uploaded(stand, reportOf("SN1", "PN2"));

  const query = "test_run?part_number=PN1&test_stand_name=stand%201";
  const [row] = await read(stand, query);

  equal(serials(await read(stand, query)), ["SN1", "SN2"]);
  equal(serials(await read(stand, "test_run?batch=7&part_number=PN2")), [
    "SN1",
  ]);
  equal(await read(stand, "test_run?batch=8"), []);
  equal(await read(stand, "test_run?test_stand_name=stand"), []);
  equal(
    [
      row["test_run_id"],
      row["test_stand_name"],
      row["start_time"],
      row["finish_time"],
    ],
    [id, "stand 1", "2025-03-07T10:05:10.000Z", "2025-03-07T10:06:12.000Z"],
  );
});

Deno.test("test_run knows no filter for serial numbers unless it is told to", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  await uploaded(stand, reportOf("SN1"));
  await uploaded(stand, reportOf("SN2"));

  const query = "test_run?serial_number=SN1";

  equal(await read(stand, query), []);
  sandbox.lookup.serialNumberFilter = true;
  equal(serials(await read(stand, query)), ["SN1"]);
});

Deno.test("test_run answers all rows at once, with the fields of the SDK", async () => {
  await using sandbox = await startSandbox({
    apiKeys: [key],
    lookup: { earlierRuns: 3000 },
  });
  using stand = new Stand(sandbox);
  const statuses = ["passed", "failed", "skipped", "stopped"];
  for (const status of statuses) {
    await uploaded(stand, { ...reportOf(status), status });
  }

  const rows = await read(stand, "test_run?part_number=PN1");

  equal(rows.length, 3004);
  equal(
    rows.slice(-4).map((row: Row) => [row["serial_number"], row["status"]]),
    [["passed", "pass"], ["failed", "fail"], ["skipped", "skip"], [
      "stopped",
      "stop",
    ]],
  );
  for (const row of [rows[0], rows.at(-1)]) equal(Object.keys(row), FIELDS);
  equal(await read(stand, "test_run?part_number=PN1&limit=1"), []);
});

/** `TestRun` of Everypin's SDK 0.1.0. */
const FIELDS = [
  ..."test_run_id test_plan_name number_of_attempt status status_icon".split(
    " ",
  ),
  ..."test_run_artifact start_time finish_time duration serial_number".split(
    " ",
  ),
  ..."part_number batch_number dut_info test_stand_hw_id".split(" "),
  ..."test_stand_name test_stand_number test_stand_location test_stand_info"
    .split(" "),
];

Deno.test("test_run of the integration API answers the page that limit and offset name", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  for (const serial of ["SN1", "SN2", "SN3"]) {
    await uploaded(stand, reportOf(serial));
  }
  const page = async (query: string) => {
    const url = `/integration/api/v1/test_run?${query}`;
    return serials(await (await stand.request(url, { headers: json })).json());
  };

  equal(await page("limit=1&offset=1"), ["SN2"]);
  equal(await page("offset=2"), ["SN3"]);
  sandbox.lookup.maximumRows = 2;
  equal(await page("limit=9"), ["SN1", "SN2"]);
  equal(serials(await read(stand, "test_run?limit=1")), ["SN1"]);
});

Deno.test("test_report needs rev and id, and none of the keys that HardPy leaves out when they are null", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const { start_time: _start, stop_time: _stop, ...least } = reportOf("SN1");
  const statusOf = async (body: unknown) => {
    const response = await stand.request(reportPath, uploadOf(body));
    return [response.status, (await response.json()).detail?.[0]?.loc];
  };

  equal(await statusOf({ ...least, rev: undefined }), [422, ["body", "rev"]]);
  equal(await statusOf({ ...least, id: undefined }), [422, ["body", "id"]]);
  equal(await statusOf(least), [201, undefined]);
  const [row] = await read(stand, "test_run");
  equal([row["start_time"], row["finish_time"]], [null, null]);
});

Deno.test("failed_case lists the failed cases of a run", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const cases = {
    "test_a": { status: "passed", name: "A" },
    "test_b": { status: "failed", name: "B", "assertion_msg": "too low" },
  };
  const modules = { "test_m": { status: "failed", cases } };
  const id = await uploaded(stand, { ...reportOf("SN1"), modules });

  equal(await read(stand, `test_run/${id}/failed_case`), [{
    "module_id": "test_m",
    "case_id": "test_b",
    status: "fail",
    name: "B",
    "assertion_msg": "too low",
  }]);
  equal(await read(stand, "test_run/none/failed_case"), {
    detail: "Not Found",
  });
});

for (const status of [403, 404, 405]) {
  Deno.test(`test_run is refused with ${status} when the look-up is off`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [key] });
    using stand = new Stand(sandbox);
    const id = await uploaded(stand, reportOf("SN1"));
    sandbox.lookup.status = status;

    for (const path of ["test_run?part_number=PN1", `test_run/${id}`]) {
      const url = `/hardpy/api/v1/${path}`;
      const response = await stand.request(url, { headers: json });
      await response.body?.cancel();
      equal(response.status, status);
    }
    delete sandbox.lookup.status;
    equal((await read(stand, `test_run/${id}`))["test_run_id"], id);
  });
}

Deno.test("ReportStore looks at the runs of a serial number only, however many there are", async () => {
  const store = new ReportStore({ keepTexts: true });
  for (let index = 0; index < 1000; index++) {
    await store.add({
      id: `${index}`,
      text: "{}",
      parsed: reportOf(`SN${index % 500}`),
      headers: {},
      receivedAt: new Date(index),
    });
  }

  const found = store.candidates({ partNumber: "PN1", serialNumber: "SN7" });

  equal(found.map(({ report, attempt }) => [report.id, attempt]), [
    ["7", 1],
    ["507", 2],
  ]);
  const other = { partNumber: "PN2", serialNumber: null };
  equal(store.candidates(other), []);
  equal(store.get("507")?.attempt, 2);
});
