import { deepStrictEqual as equal, ok } from "node:assert/strict";
import { counted } from "../support/outcomes.ts";
import { eventsOf } from "../support/running_program.ts";
import { compact, runFile } from "../support/runs.ts";
import type { Stage } from "../support/stage.ts";

const SCOPE = "offline_access authelia.bearer.authz";
const HOUR_MILLISECONDS = 3_600_000;

/** The issues without the warnings, whose rules have tests of their own. */
function errorsOf({ issues }: Record<string, unknown>): unknown[] {
  return (issues as { severity: string }[])
    .filter(({ severity }) => severity === "error");
}

export async function logIn(stage: Stage): Promise<void> {
  const { code, stdout, stderr } = await stage.logIn("--json");

  const [pending = {}, done = {}, ...more] = eventsOf({ stdout });
  equal([code, stderr, more], [0, "", []]);
  const { url, "redirect_uri": redirectUri } = pending;
  equal(pending, {
    event: "authorization_url",
    url,
    "redirect_uri": redirectUri,
    "expires_in": 300,
  });
  const { origin, pathname, searchParams } = new URL(String(url));
  equal(origin + pathname, `${stage.sandbox.issuer}/api/oidc/authorization`);
  equal([...searchParams.keys()], ["client_id", "request_uri"]);
  ok(/^http:\/\/127\.0\.0\.1:\d+\/oauth2\/callback$/.test(String(redirectUri)));
  equal(done, {
    event: "logged_in",
    address: stage.sandbox.address,
    flow: "browser",
    "expires_at": done["expires_at"],
    scope: SCOPE,
    already: false,
    checked: true,
  });
  const left = Date.parse(String(done["expires_at"])) - Date.now();
  ok(left > HOUR_MILLISECONDS - 30_000 && left <= HOUR_MILLISECONDS, `${left}`);
}

export async function check(stage: Stage): Promise<void> {
  const result = await stage.run(["sc-login", "--check", "--json"]);

  equal([result.code, result.stderr], [0, ""]);
  equal(eventsOf(result), [{
    event: "check",
    address: stage.sandbox.address,
    connected: true,
    state: "ok",
    "http_status": 200,
  }]);
}

export async function upload(stage: Stage): Promise<void> {
  const source = runFile("sensor_board_passed.jsonloader");
  const result = await stage.run(["upload", "--json", source]);

  equal([result.code, result.stderr], [0, ""]);
  const [stored] = stage.sandbox.reports;
  const [report = {}, summary = {}, ...more] = eventsOf(result);
  equal(more, []);
  equal({ ...report, issues: errorsOf(report) }, {
    event: "report",
    source,
    digest: report["digest"],
    "serial_number": "CSB-000117",
    "part_number": "CSB-204",
    "run_status": "passed",
    outcome: "uploaded",
    "http_status": 201,
    "expected_status": null,
    "test_run_id": stored?.id,
    attempts: 1,
    issues: [],
  });
  ok(/^[0-9a-f]{64}$/.test(String(report["digest"])));
  const text = stored?.text ?? "";
  const document = compact(await Deno.readTextFile(source));
  // Of the top level HardPy sends no key without a value.
  equal(
    compact(text),
    document.replace('"caused_dut_failure_id":null,"error_code":null,', ""),
  );
  equal(summary, {
    event: "summary",
    ...counted({ uploaded: 1 }),
    address: stage.sandbox.address,
    "address_source": null,
    held: 0,
    bytes: new TextEncoder().encode(text).length,
    seconds: summary["seconds"],
  });
}

export async function refuse(stage: Stage): Promise<void> {
  const source = runFile("no_part_number.jsonloader");
  const result = await stage.run(["upload", "--json", source]);

  equal([result.code, result.stderr], [5, ""]);
  const [report = {}, summary = {}, ...more] = eventsOf(result);
  equal(more, []);
  equal({ ...report, issues: errorsOf(report) }, {
    event: "report",
    source,
    digest: report["digest"],
    "serial_number": "CSB-000118",
    "part_number": null,
    "run_status": "passed",
    outcome: "invalid",
    "http_status": null,
    "expected_status": 422,
    "test_run_id": null,
    attempts: 0,
    issues: [{
      severity: "error",
      rule: "missing-mandatory-field",
      path: "/dut/part_number",
      message: "The DUT part number is missing",
      fix: "hardpy.set_dut_part_number",
      line: 23,
      column: 20,
    }],
  });
  equal(summary, {
    event: "summary",
    ...counted({ invalid: 1 }),
    address: stage.sandbox.address,
    "address_source": null,
    held: 1,
    bytes: 0,
    seconds: summary["seconds"],
  });
  equal(stage.sandbox.reports.length, 1);
}

export async function logOut(stage: Stage): Promise<void> {
  const { address, counts } = stage.sandbox;
  const result = await stage.run(["sc-logout", "--json"]);

  equal([result.code, result.stderr], [0, ""]);
  equal(eventsOf(result), [{ event: "logged_out", address, revoked: true }]);
  equal(counts.revocations, 2);
}

export async function afterwards(stage: Stage): Promise<void> {
  const { address } = stage.sandbox;
  const run = runFile("minimum.jsonloader");
  const result = await stage.run(["upload", "--json", run]);

  equal([result.code, result.stderr], [3, ""]);
  equal(eventsOf(result), [{
    event: "error",
    code: "not_logged_in",
    message: `Not logged in to ${address}`,
    hint: `run: standcloud sc-login ${address}`,
    "exit_code": 3,
  }]);
}
