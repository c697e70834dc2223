import assert from "node:assert/strict";
import type { RunIdentity } from "../../src/runs/run.ts";
import { Secret } from "../../src/system/secret.ts";
import { lookUp } from "../../src/standcloud/look_up.ts";
import { fakeService } from "./fake_service.ts";
import {
  answer,
  brokenOff,
  jsonAnswer,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";

const IDENTITY: RunIdentity = {
  partNumber: "PN 1/2",
  standName: "stand",
  serialNumber: "SN",
  startTime: 1741341910,
  stopTime: 1741341972,
};
const ROW = {
  "test_run_id": "run-1",
  "serial_number": "SN",
  "start_time": "2025-03-07T10:05:10Z",
  "stop_time": "2025-03-07T10:06:12Z",
};

const options = { token: new Secret("token"), timeoutMilliseconds: 1000 };

/** What the look-up makes of the answers with the serial number, and then without. */
async function lookedUp(
  narrow: PreparedAnswer,
  wide?: PreparedAnswer,
): Promise<unknown> {
  using service = fakeService();
  const asked =
    `GET ${service.address.apiBase}/test_run?part_number=PN+1%2F2&test_stand_name=stand`;
  service.http.prepare(`${asked}&serial_number=SN`, narrow);
  if (wide !== undefined) service.http.prepare(asked, wide);
  return await lookUp(service, IDENTITY, options);
}

Deno.test("lookUp() finds the run with the serial number and both times, in any shape of answer", async () => {
  const found = { kind: "found", testRunIds: ["run-1"] };
  const others = [
    { ...ROW, "test_run_id": "run-2", "serial_number": "SN2" },
    { ...ROW, "test_run_id": "run-3", "start_time": "2025-03-07T10:05:11Z" },
    { ...ROW, "test_run_id": "run-4", "stop_time": null },
  ];
  for (
    const body of [[ROW], ROW, { items: [...others, ROW] }, [...others, ROW]]
  ) assert.deepEqual(await lookedUp(jsonAnswer(200, body)), found);
  const fraction = { ...ROW, "start_time": "2025-03-07T11:05:10.250+01:00" };
  assert.deepEqual(await lookedUp(jsonAnswer(200, [fraction])), found);
});

Deno.test("lookUp() gives each run that it could be, also one without an id", async () => {
  const { test_run_id: _id, ...nameless } = ROW;
  assert.deepEqual(await lookedUp(jsonAnswer(200, [ROW, nameless])), {
    kind: "found",
    testRunIds: ["run-1", null],
  });
});

Deno.test("lookUp() says that the run is not there only when it was not found without its serial number either", async () => {
  const nothing = jsonAnswer(200, []);
  for (const body of [[], { items: [] }, [{ ...ROW, "serial_number": null }]]) {
    const wide = jsonAnswer(200, body);
    assert.deepEqual(await lookedUp(nothing, wide), { kind: "absent" });
    assert.deepEqual(await lookedUp(answer(422), wide), { kind: "absent" });
  }
  assert.deepEqual(await lookedUp(nothing, jsonAnswer(200, [ROW])), {
    kind: "found",
    testRunIds: ["run-1"],
  });
});

Deno.test("lookUp() cannot say that the run is absent from an answer that may go on", async () => {
  const nothing = jsonAnswer(200, []);
  const other = { ...ROW, "serial_number": "SN2" };
  const page = jsonAnswer(200, { total: 15_000, items: [other] });
  assert.deepEqual(await lookedUp(nothing, page), { kind: "unsupported" });
  for (
    const cutOff of [
      { ...jsonAnswer(200, [other, other]), isWhole: false },
      answer(200, JSON.stringify([other, other]).slice(0, -1)),
      answer(200, JSON.stringify([other, ROW]).slice(0, -3)),
    ]
  ) {
    assert.deepEqual(await lookedUp(nothing, cutOff), {
      kind: "unavailable",
      status: 200,
    });
  }
});

Deno.test("lookUp() reads an answer of many rows no further than the run", async () => {
  const rows = Array.from({ length: 1000 }, (_, index) => ({
    ...ROW,
    "serial_number": `SN${index}`,
  }));
  using service = fakeService();
  const asked =
    `GET ${service.address.apiBase}/test_run?part_number=PN+1%2F2&test_stand_name=stand&serial_number=SN`;
  const text = JSON.stringify([...rows, ROW]).slice(0, -1);
  service.http.prepare(asked, answer(200, `${text}, and no JSON`));
  const found = await lookUp(service, IDENTITY, {
    ...options,
    isEnough: (ids) => ids.length === 1,
  });
  assert.deepEqual(found, { kind: "found", testRunIds: ["run-1"] });
});

const KINDS: Record<string, PreparedAnswer[]> = {
  unsupported: [403, 404, 405, 400, 422, 501].map((status) => answer(status))
    .concat([jsonAnswer(200, "text")]),
  "login_required": [
    answer(401),
    answer(302, "", { location: "https://demo.standcloud.io/auth/?rd=x" }),
  ],
  unavailable: [408, 429, 500, 502, 503, 504].map((status) => answer(status))
    .concat([brokenOff(jsonAnswer(200, []))]),
};

for (const [kind, answers] of Object.entries(KINDS)) {
  Deno.test(`lookUp() tells an answer that is ${kind} from "not there"`, async () => {
    for (const prepared of answers) {
      const tried = await (kind === "unsupported"
        ? lookedUp(prepared, prepared)
        : lookedUp(prepared));
      const { kind: found } = tried as { kind: string };
      assert.equal(found, kind, JSON.stringify(prepared));
    }
  });
}

Deno.test("lookUp() does not ask for a run that cannot be told from others", async () => {
  using service = fakeService();
  const unknown: Partial<RunIdentity>[] = [
    { partNumber: null },
    { standName: null },
    { serialNumber: null },
    { serialNumber: "" },
    { startTime: null },
  ];
  for (const gap of unknown) {
    assert.deepEqual(
      await lookUp(service, { ...IDENTITY, ...gap }, options),
      { kind: "unsupported" },
    );
  }
});
