import { deepStrictEqual as equal, match } from "node:assert/strict";
import { startProgram } from "../support/run_program.ts";
import { changeLogin, loginPath, secondsAhead } from "../support/login_file.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { startTlsService } from "../support/tls_service.ts";

/** What the doctor finds, but for what this computer has by chance. */
function findings(result: ProgramResult): string[] {
  return eventsOf(result)
    .filter(({ event, group }) => event === "check_item" && group !== "browser")
    .map(({ group, state }) => `${state} ${group}`);
}

function failures(result: ProgramResult): string[] {
  return eventsOf(result).filter(({ state }) => state !== "ok")
    .filter(({ event, group }) => event === "check_item" && group !== "browser")
    .map(({ group, state, message, hint }) =>
      `${state} ${group}: ${message} | ${hint}`
    );
}

function examine(stage: Stage, ...args: string[]): Promise<ProgramResult> {
  return stage.run(["doctor", "--json", ...args]);
}

Deno.test("doctor finds a stand that works in order, and shows no secret", async () => {
  await using stage = await setLoggedInStage();
  const result = await examine(stage);
  equal([result.code, result.stderr], [0, ""]);
  equal(findings(result), [
    "ok files",
    "ok key",
    "ok logins",
    "ok ledger",
    "ok proxy",
    "ok dns",
    "ok tcp",
    "ok tls",
    "ok clock",
    "ok sign-in",
    "ok api",
  ]);
  const messages = eventsOf(result).map(({ message }) => message).join("\n");
  match(
    messages,
    /trusted: for 127\.0\.0\.1, localhost, signed by "StandCloud/,
  );
  equal(/authelia_|SECRET/.test(result.stdout), false);
  equal(stage.sandbox.counts.refreshGrants, 0);
});

Deno.test("doctor prints a line for each finding, with the way out", async () => {
  await using stage = await setStage();
  const { code, stdout } = await stage.run(["doctor"]);
  equal(code, 3);
  match(stdout, /^ok {7}tls {7}trusted: /m);
  match(
    stdout,
    /^warning {2}logins {4}this stand is not logged in anywhere\n {2}hint: run: standcloud sc-login ADDRESS$/m,
  );
  match(stdout, /^failed {3}logins {4}Not logged in to 127/m);
});

Deno.test("doctor looks at the stand alone where no address is known", async () => {
  await using folder = await TemporaryFolder.make();
  const { result } = startProgram(["doctor", "--json"], { home: folder.path });
  const { code, stdout, stderr } = await result;
  equal([code, stderr], [0, ""]);
  const last = eventsOf({ stdout }).at(-2);
  equal([last?.["group"], last?.["state"]], ["settings", "warning"]);
});

Deno.test("doctor finds a key that others may read", async () => {
  await using stage = await setLoggedInStage();
  await Deno.chmod(`${stage.home}/key.txt`, 0o644);
  const result = await examine(stage);
  equal(result.code, 3);
  match(failures(result)[0] ?? "", /^failed files: .*key\.txt.*chmod 600/);
});

Deno.test("doctor finds a folder that every user may change", async () => {
  await using stage = await setLoggedInStage();
  await Deno.chmod(`${stage.home}/logins`, 0o777);
  const result = await examine(stage);
  equal(result.code, 3);
  match(failures(result)[0] ?? "", /^failed files: .*logins".*chmod 700/);
});

Deno.test("doctor finds a login that is damaged, and one that has ended", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;
  await changeLogin(stage.home, address, {
    "expires_at": secondsAhead(-1),
    "refresh_token": null,
  });
  const ended = await examine(stage);
  equal(ended.code, 3);
  match(
    failures(ended)[0] ?? "",
    /^failed logins: the login to .* has ended \| run: standcloud sc-login/,
  );
  await Deno.writeTextFile(loginPath(stage.home, address), "damaged");
  const damaged = await examine(stage);
  equal(damaged.code, 3);
  match(failures(damaged)[0] ?? "", /^failed logins: Cannot read the stored/);
});

Deno.test("doctor finds what a change of the key has left", async () => {
  await using stage = await setLoggedInStage();
  const path = `${stage.home}/key.txt`;
  const text = await Deno.readTextFile(path);
  const [identity = ""] = /AGE-SECRET-KEY\S+/.exec(text) ?? [];
  await Deno.writeTextFile(path, `${text}${identity}\n`);
  const result = await examine(stage);
  equal(result.code, 0);
  match(failures(result)[0] ?? "", /^warning key: it holds 2 .*key --rotate$/);
});

Deno.test("doctor finds a port that nobody listens on", async () => {
  await using stage = await setStage();
  const result = await examine(stage, "127.0.0.1:1");
  equal(result.code, 4);
  match(failures(result).at(-1) ?? "", /^failed tcp: .* port 1: .*refused/);
});

Deno.test("doctor finds a name that is unknown, and a proxy that is not there", async () => {
  await using stage = await setStage();
  const unknown = await examine(stage, "no-such-host.invalid");
  equal(unknown.code, 4);
  match(
    failures(unknown).at(-1) ?? "",
    /^failed dns: no-such-host\.invalid is/,
  );
  const proxied = await stage.run(["doctor", "--json"], {
    env: { HTTPS_PROXY: "http://me:geheim@127.0.0.1:1" },
  });
  equal(proxied.code, 4);
  const [proxy, , tcp] = eventsOf(proxied).slice(-4);
  match(String(proxy?.["message"]), /^http:\/\/127\.0\.0\.1:1, with a user/);
  equal([tcp?.["group"], tcp?.["state"]], ["tcp", "failed"]);
  equal(proxied.stdout.includes("geheim"), false);
});

Deno.test("doctor names the authority that is missing, and the clock that is wrong", async () => {
  await using stage = await setStage();
  const { folder } = stage;
  await using service = await startTlsService({ folder, clockDays: -3 });
  const result = await examine(stage, service.address);
  equal(result.code, 4);
  const [tls = "", clock = "", ...more] = failures(result).slice(1);
  match(tls, /^failed tls: .*"Works CA \(Factory\)".*--ca-file PATH$/);
  match(clock, /^warning clock: .* is 3 days ahead of the server's \| set the/);
  equal(more, []);
});

Deno.test("doctor warns of a certificate that ends soon", async () => {
  await using stage = await setStage();
  const { folder } = stage;
  await using service = await startTlsService({ folder, to: 5.5 });
  const result = await examine(
    stage,
    service.address,
    "--ca-file",
    service.caFile,
  );
  match(failures(result)[1] ?? "", /^warning tls: trusted: .*\(5 days left\)/);
});

Deno.test("doctor finds a service that is not StandCloud", async () => {
  await using stage = await setStage({ metadata: () => ({ issuer: "x" }) });
  const result = await examine(stage);
  equal(result.code, 4);
  match(failures(result)[1] ?? "", /^failed sign-in: .*not answer as Stand/);
});

Deno.test("doctor refuses an address that is none", async () => {
  await using stage = await setStage();
  equal((await examine(stage, "http://evil.example")).code, 2);
});
