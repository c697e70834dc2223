import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import { Stand } from "./client.ts";

const key = "key-of-the-lab";
const json = { accept: "application/json", authorization: `Bearer ${key}` };

function report(
  changes: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    status: "passed",
    "stop_time": 1741341972,
    "start_time": 1741341910,
    name: "Board test",
    rev: "7-abc",
    id: "current",
    "test_stand": {
      name: "stand 1",
      "hw_id": "840982098ca2459a7b22cc608eff65d4",
    },
    dut: { "serial_number": "SN1", "part_number": "PN1", info: {} },
    modules: {},
    ...changes,
  };
}

Deno.test("healthcheck answers {} to a key, in either header", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);

  const bearer = await stand.request("/hardpy/api/v1/healthcheck", {
    headers: json,
  });
  const headers = { accept: "application/json", "x-api-key": key };
  const other = await stand.request("/integration/api/v1/healthcheck", {
    headers,
  });

  equal([bearer.status, await bearer.text()], [200, "{}"]);
  equal([other.status, await other.text()], [200, "{}"]);
});

Deno.test("healthcheck answers 401 to a program without a token", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const headers = { accept: "application/json" };
  const response = await stand.request("/hardpy/api/v1/healthcheck", {
    headers,
  });

  equal([response.status, await response.text()], [401, "401 Unauthorized"]);
});

Deno.test("healthcheck answers 401 invalid_token to an unknown token", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);

  const headers = { accept: "*/*", authorization: "Bearer authelia_at_a.b" };
  const response = await stand.request("/hardpy/api/v1/healthcheck", {
    headers,
  });
  await response.body?.cancel();

  equal(response.status, 401);
  match(
    response.headers.get("www-authenticate") ?? "",
    /^Bearer error="invalid_token",/,
  );
});

Deno.test("healthcheck refuses a token for the other API", async () => {
  await using sandbox = await startSandbox();
  using stand = new Stand(sandbox);
  const { access_token: token } = await stand.logIn();

  const headers = {
    accept: "application/json",
    authorization: `Bearer ${token}`,
  };
  const response = await stand.request("/integration/api/v1/healthcheck", {
    headers,
  });
  await response.body?.cancel();

  equal(response.status, 401);
});

for (const [method, status] of [["GET", 302], ["POST", 303]] as const) {
  Deno.test(`${method} from a browser without a token leads to the sign-in page`, async () => {
    await using sandbox = await startSandbox();
    using stand = new Stand(sandbox);

    const path = "/hardpy/api/v1/test_report?a=b";
    const response = await stand.request(path, {
      method,
      headers: { accept: "*/*" },
    });
    await response.body?.cancel();
    const location = new URL(response.headers.get("location") ?? "");
    const page = await stand.request(location.href);

    equal(response.status, status);
    equal(`${location.origin}${location.pathname}`, `${sandbox.issuer}/`);
    equal(location.searchParams.get("rd"), `https://${sandbox.address}${path}`);
    equal(location.searchParams.get("rm"), method);
    equal([page.status, page.headers.get("content-type")], [
      200,
      "text/html; charset=utf-8",
    ]);
    ok((await page.text()).includes("Sign in"));
  });
}

Deno.test("test_report keeps the document exactly as sent", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox, { http2: false });
  const text = JSON.stringify(report({ name: "Ü" })).replace(
    "}",
    ',"big":9007199254740993}',
  );

  const response = await stand.request("/hardpy/api/v1/test_report", {
    method: "POST",
    headers: { ...json, "content-type": "application/json" },
    body: text,
  });
  const { test_run_id: id } = await response.json();
  const [stored] = sandbox.reports;

  equal(response.status, 201);
  match(id, /^[0-9a-f-]{36}$/);
  equal([stored?.id, stored?.text, sandbox.reports.length], [id, text, 1]);
  equal(stored?.headers["content-type"], "application/json");
  equal(stored?.headers["authorization"], undefined);
  equal(sandbox.requests, [{
    method: "POST",
    path: "/hardpy/api/v1/test_report",
    httpVersion: "1.1",
    status: 201,
    bearer: true,
  }]);
});

const refused: [string, unknown, [string, string][]][] = [
  ["an empty part number", report({ dut: { "part_number": "" } }), [
    ["string_too_short", "body.dut.part_number"],
  ]],
  ["two missing names", report({ dut: {}, "test_stand": { name: null } }), [
    ["missing", "body.dut.part_number"],
    ["string_too_short", "body.test_stand.name"],
  ]],
  ["a database document", {
    ...report({ rev: undefined, id: undefined }),
    _id: "x",
    _rev: "y",
  }, [
    ["missing", "body.rev"],
    ["missing", "body.id"],
    ["extra_forbidden", "body._id"],
    ["extra_forbidden", "body._rev"],
  ]],
  ["a list", [], [["model_attributes_type", "body"]]],
];

for (const [what, body, expected] of refused) {
  Deno.test(`test_report answers 422 to ${what}, one entry per problem`, async () => {
    await using sandbox = await startSandbox({ apiKeys: [key] });
    using stand = new Stand(sandbox);

    const init = { method: "POST", headers: json, body: JSON.stringify(body) };
    const response = await stand.request("/hardpy/api/v1/test_report", init);
    const { detail } = await response.json();

    equal(response.status, 422);
    equal(
      detail.map((issue: Issue) => [issue.type, issue.loc.join(".")]),
      expected,
    );
    equal(sandbox.reports, []);
  });
}

interface Issue {
  type: string;
  loc: string[];
}

Deno.test("test_report answers 422 to a body that is not JSON", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);

  const init = { method: "POST", headers: json, body: "{" };
  const response = await stand.request("/hardpy/api/v1/test_report", init);

  equal([response.status, (await response.json()).detail[0].type], [
    422,
    "json_invalid",
  ]);
});

Deno.test("test_run and tested_dut list what was uploaded", async () => {
  await using sandbox = await startSandbox({ apiKeys: [key] });
  using stand = new Stand(sandbox);
  const other = report({ status: "failed", dut: { "part_number": "PN2" } });
  for (const body of [report(), report(), other]) {
    const init = { method: "POST", headers: json, body: JSON.stringify(body) };
    await (await stand.request("/hardpy/api/v1/test_report", init)).body
      ?.cancel();
  }
  const read = async (path: string) =>
    await (await stand.request(`/integration/api/v1/${path}`, {
      headers: json,
    })).json();

  const runs = await read(
    "test_run?part_number=PN1&status=pass&test_stand_name=stand%201",
  );
  const duts = await read("tested_dut");
  const one = await read(`test_run/${sandbox.reports[2]?.id}`);

  equal(runs.map((run: Row) => run["number_of_attempt"]), [1, 2]);
  equal(
    duts.map((
      dut: Row,
    ) => [dut["part_number"], dut["attempt_count"], dut["duration"]]),
    [
      ["PN1", 2, "PT62S"],
      ["PN2", 1, "PT62S"],
    ],
  );
  equal([one.status, one.duration, one.start_time], [
    "fail",
    "00:01:02",
    "2025-03-07T10:05:10.000Z",
  ]);
  equal(await read("test_run/unknown"), { detail: "Not Found" });
});

type Row = Record<string, unknown>;
