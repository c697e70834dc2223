import assert from "node:assert/strict";
import { HttpFailure } from "../../src/system/http_failure.ts";
import type { Settlement } from "../../src/upload/ledger/entry.ts";
import { appError } from "../system/errors.ts";
import { REPORT } from "../standcloud/fake_service.ts";
import {
  answer,
  jsonAnswer,
  type PreparedAnswer,
} from "../system/fake_http_client.ts";
import { NOON } from "../system/fake_clock.ts";
import { address } from "../tokens/logins.ts";
import { tried } from "./tried.ts";

const ROW = {
  "test_run_id": "run-1",
  "serial_number": "SN",
  "start_time": "2025-03-07T10:05:10Z",
  "stop_time": "2025-03-07T10:06:12Z",
};
const WIDE_LOOK_UP =
  `GET ${address.apiBase}/test_run?part_number=PN&test_stand_name=stand`;
const LOOK_UP = `${WIDE_LOOK_UP}&serial_number=SN`;
const CREATED = jsonAnswer(201, { "test_run_id": "run-2" });

/** State, requests, status, id, and what is not certain. */
function summary(outcome: Settlement): unknown[] {
  const { state, requests, httpStatus, testRunId } = outcome;
  const { isUnknown, isPossiblyDuplicate } = outcome;
  return [
    state,
    requests,
    httpStatus,
    testRunId,
    isUnknown ? "unknown" : "",
    isPossiblyDuplicate ? "duplicate" : "",
  ];
}

Deno.test("Attempt posts a new report without looking it up", async () => {
  assert.deepEqual(summary(await tried([[REPORT, CREATED]])), [
    ...["uploaded", 1, 201, "run-2", "", ""],
  ]);
});

const FAILURES: Record<string, [PreparedAnswer, unknown[]]> = {
  "a time-out": [
    new HttpFailure("timeout", "No answer in time"),
    ["waiting", 1, null, null, "unknown", ""],
  ],
  "a connection that breaks": [
    new HttpFailure("connection", "The connection failed"),
    ["waiting", 1, null, null, "unknown", ""],
  ],
  "a connection that is refused": [
    new HttpFailure("refused", "The connection was refused"),
    ["waiting", 1, null, null, "", ""],
  ],
  "an unknown host": [
    new HttpFailure("unknown_host", "The host name is unknown"),
    ["waiting", 1, null, null, "", ""],
  ],
  "status 500": [answer(500), ["waiting", 1, 500, null, "unknown", ""]],
  "status 503": [answer(503), ["waiting", 1, 503, null, "", ""]],
  "status 422": [answer(422), ["rejected", 1, 422, null, "", ""]],
  "status 200": [jsonAnswer(200, {}), ["waiting", 1, 200, null, "unknown", ""]],
};

for (const [name, [prepared, expected]] of Object.entries(FAILURES)) {
  Deno.test(`Attempt knows what ${name} says of the report`, async () => {
    assert.deepEqual(summary(await tried([[REPORT, prepared]])), expected);
  });
}

Deno.test("Attempt renews a token that is not accepted once", async () => {
  const again = await tried([[REPORT, answer(401)], [REPORT, CREATED]]);
  assert.deepEqual(summary(again), ["uploaded", 2, 201, "run-2", "", ""]);
  await assert.rejects(
    tried([[REPORT, answer(401)], [REPORT, answer(401)]]),
    appError("login_ended", /does not accept the login/),
  );
});

const UNKNOWN = { isUnknown: true };
/** A service whose runs cannot be asked for. */
const BLIND: [string, PreparedAnswer][] = [
  [LOOK_UP, answer(404)],
  [WIDE_LOOK_UP, answer(404)],
];

Deno.test("Attempt finds a report whose outcome nobody knew, and sends nothing", async () => {
  const found = await tried([[LOOK_UP, jsonAnswer(200, [ROW])]], UNKNOWN);
  assert.deepEqual(summary(found), ["uploaded", 0, null, "run-1", "", ""]);
});

Deno.test("Attempt sends a report that is not there, or that is another one", async () => {
  const absent = await tried(
    [
      [LOOK_UP, jsonAnswer(200, [])],
      [WIDE_LOOK_UP, jsonAnswer(200, [])],
      [REPORT, CREATED],
    ],
    UNKNOWN,
  );
  assert.deepEqual(summary(absent), ["uploaded", 1, 201, "run-2", "", ""]);
  const other = await tried(
    [[LOOK_UP, jsonAnswer(200, [ROW])], [REPORT, CREATED]],
    { ...UNKNOWN, taken: ["run-1"] },
  );
  assert.deepEqual(summary(other), ["uploaded", 1, 201, "run-2", "", ""]);
});

Deno.test("Attempt takes no run that could be a twin's, unless there is one for each", async () => {
  const found = (...ids: string[]): [string, PreparedAnswer] => [
    LOOK_UP,
    jsonAnswer(200, ids.map((id) => ({ ...ROW, "test_run_id": id }))),
  ];
  const sent = await tried([found("run-1"), [REPORT, CREATED]], {
    ...UNKNOWN,
    twins: 1,
  });
  assert.deepEqual(summary(sent), [
    ...["uploaded", 1, 201, "run-2", "", "duplicate"],
  ]);
  const both = await tried([found("run-0", "run-1")], { ...UNKNOWN, twins: 1 });
  assert.deepEqual(summary(both), ["uploaded", 0, null, "run-0", "", ""]);
  const neither = await tried([
    [LOOK_UP, jsonAnswer(200, [])],
    [WIDE_LOOK_UP, jsonAnswer(200, [])],
    [REPORT, CREATED],
  ], { ...UNKNOWN, twins: 1 });
  assert.deepEqual(summary(neither), ["uploaded", 1, 201, "run-2", "", ""]);
});

Deno.test("Attempt sends nothing as long as the look-up may answer later", async () => {
  const waiting = await tried([[LOOK_UP, answer(503)]], UNKNOWN);
  assert.deepEqual(summary(waiting), ["waiting", 0, 503, null, "unknown", ""]);
});

Deno.test("Attempt that cannot look says that the report may be there twice, once it is sent", async () => {
  const sent = await tried(
    [...BLIND, [REPORT, CREATED]],
    UNKNOWN,
  );
  assert.deepEqual(summary(sent), [
    ...["uploaded", 1, 201, "run-2", "", "duplicate"],
  ]);
});

Deno.test("Attempt that cannot look, and whose request brought nothing, doubles nothing", async () => {
  for (
    const [prepared, duplicate] of [
      [new HttpFailure("refused", "The connection was refused"), false],
      [answer(422), false],
      [answer(503), false],
      [answer(500), true],
      [new HttpFailure("timeout", "No answer in time"), true],
    ] as const
  ) {
    const outcome = await tried([...BLIND, [REPORT, prepared]], UNKNOWN);
    assert.equal(outcome.isPossiblyDuplicate, duplicate);
    assert.equal(outcome.isUnknown, true);
  }
});

Deno.test("Attempt ends the upload at a page, unless it is patient", async () => {
  const page = answer(200, "<html>", { "content-type": "text/html" });
  await assert.rejects(
    tried([[REPORT, page]]),
    appError("not_standcloud", /HTTP 200 with a page/),
  );
  const waiting = await tried([[REPORT, page]], { isPatient: true });
  assert.equal(waiting.state, "waiting");
});

Deno.test("Attempt hands on how long StandCloud wants to be left alone", async () => {
  const busy = answer(429, "", { "retry-after": "7" });
  const { nextTryAt } = await tried([[REPORT, busy]]);
  assert.equal(Number(nextTryAt) - NOON.getTime(), 7000);
  assert.equal((await tried([[REPORT, answer(429)]])).nextTryAt, null);
});
