import { deepStrictEqual as equal } from "node:assert/strict";
import { ReportStore } from "../../scripts/sandbox/report_store.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";
import { json, key, read, reportOf, uploaded } from "./uploads.ts";

type Row = Record<string, unknown>;
const serials = (rows: Row[]) => rows.map((row) => row["serial_number"]);

Deno.test("test_run finds a run by numbers, stand and the device's own keys", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const id = await uploaded(stand, reportOf("SN1"));
  await uploaded(stand, reportOf("SN2"));
  await uploaded(stand, reportOf("SN1", "PN2"));

  const query = "test_run?part_number=PN1&test_stand_name=stand%201";
  const [row] = await read(stand, `${query}&serial_number=SN1`);

  equal(serials(await read(stand, query)), ["SN1", "SN2"]);
  equal(serials(await read(stand, "test_run?serial_number=SN1&batch=7")), [
    "SN1",
    "SN1",
  ]);
  equal(await read(stand, "test_run?serial_number=SN1&batch=8"), []);
  equal(await read(stand, "test_run?test_stand_name=stand"), []);
  equal(
    [
      row["test_run_id"],
      row["test_stand_name"],
      row["start_time"],
      row["stop_time"],
    ],
    [id, "stand 1", "2025-03-07T10:05:10.000Z", "2025-03-07T10:06:12.000Z"],
  );
});

Deno.test("test_run answers the page that limit and offset name", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  for (const serial of ["SN1", "SN2", "SN3"]) {
    await uploaded(stand, reportOf(serial));
  }

  equal(serials(await read(stand, "test_run?limit=1&offset=1")), ["SN2"]);
  equal(serials(await read(stand, "test_run?offset=2")), ["SN3"]);
  sandbox.lookup.maximumRows = 2;
  equal(serials(await read(stand, "test_run?limit=9")), ["SN1", "SN2"]);
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
