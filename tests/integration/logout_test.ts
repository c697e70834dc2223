import { deepStrictEqual as equal, match, rejects } from "node:assert/strict";
import { basename, dirname, join } from "node:path";
import { newKeyFile } from "../../src/tokens/age_box.ts";
import { startFakeService } from "../support/fake_service.ts";
import { setFakeStage } from "../support/fake_stage.ts";
import {
  changeLogin,
  loginContent,
  loginPath,
  writeLogin,
} from "../support/login_file.ts";
import { eventsOf } from "../support/running_program.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";

function hasLogin({ home, sandbox }: Stage): Promise<boolean> {
  return Deno.lstat(loginPath(home, sandbox.address)).then(
    () => true,
    () => false,
  );
}

/** Logs out of a stand whose server cannot be told; gives the note about it. */
async function deletesOnlyHere(stage: Stage): Promise<string> {
  const { address } = stage.sandbox;
  const { code, stdout, stderr } = await stage.run(["sc-logout", "--json"]);

  equal(code, 0);
  equal(eventsOf({ stdout }), [
    { event: "logged_out", address, revoked: "unknown" },
  ]);
  match(
    stderr,
    /^note: the login is deleted here, but not ended at the server: .+\n$/,
  );
  equal(await hasLogin(stage), false);
  return stderr;
}

Deno.test("sc-logout revokes the refresh token, then the access token (duty 36)", async () => {
  await using stage = await setFakeStage();
  const { service } = stage;
  const { address } = service;

  const result = await stage.run(["sc-logout", "--json"]);

  equal([result.code, result.stderr], [0, ""]);
  equal(eventsOf(result), [{ event: "logged_out", address, revoked: true }]);
  equal(service.forms("revocation").map((form) => Object.fromEntries(form)), [
    {
      "client_id": "hardpy-report-uploader",
      token: "refresh",
      "token_type_hint": "refresh_token",
    },
    {
      "client_id": "hardpy-report-uploader",
      token: "access",
      "token_type_hint": "access_token",
    },
  ]);
});

Deno.test("sc-logout leaves nothing of a renewal that was killed", async () => {
  await using stage = await setLoggedInStage();
  const path = loginPath(stage.home, stage.sandbox.address);
  const left = join(
    dirname(path),
    `.${basename(path)}.${crypto.randomUUID()}`,
  );
  await Deno.writeFile(left, new Uint8Array(16 * 1024), { mode: 0o600 });
  equal((await stage.run(["sc-logout"])).code, 0);
  await rejects(Deno.lstat(left), Deno.errors.NotFound);
});

Deno.test("sc-logout tries the access token although the refresh token cannot be revoked", async () => {
  await using stage = await setFakeStage();
  const { address, answers, forms } = stage.service;
  const good = answers.revocation;
  answers.revocation = (form) =>
    form.get("token") === "access"
      ? good(form)
      : new Response(null, { status: 503 });

  const result = await stage.run(["sc-logout", "--json"]);

  equal(result.code, 0);
  equal(eventsOf(result), [
    { event: "logged_out", address, revoked: "unknown" },
  ]);
  const tokens = forms("revocation").map((form) => form.get("token"));
  equal(tokens, ["refresh", "refresh", "access"]);
});

Deno.test("sc-logout deletes the login although the server is away (duty 36)", async () => {
  await using stage = await setLoggedInStage();
  const { address } = stage.sandbox;
  await stage.sandbox[Symbol.asyncDispose]();
  // The CA file went with the sandbox.
  const env = { STANDCLOUD_CA_FILE: "" };

  const { code, stdout, stderr } = await stage.run(["sc-logout"], { env });

  equal([code, stdout], [0, `HardPy logout success from ${address}\n`]);
  // A connection that was open before fails; a new one is refused.
  match(
    stderr,
    /^note: the login is deleted here, but not ended at the server: Cannot reach \S+: the connection (?:was refused|failed)\n$/,
  );
  equal(await hasLogin(stage), false);
});

for (
  const [name, status] of [["fails", 503], ["is missing", 404], [
    "refuses",
    400,
  ]] as const
) {
  Deno.test(`sc-logout deletes the login although the revocation ${name} (duty 36)`, async () => {
    await using stage = await setLoggedInStage();
    stage.sandbox.faults.push({
      match: (_, path) => path === "/auth/api/oidc/revocation",
      action: { kind: "respond", status },
    });

    await deletesOnlyHere(stage);
  });
}

const DAMAGES: Record<string, (path: string, home: string) => Promise<void>> = {
  "of text": (path) => Deno.writeTextFile(path, "not an age file"),
  "of nothing": (path) => Deno.writeTextFile(path, ""),
  "that is cut short": (path) => Deno.truncate(path, 150),
  "without its key": (_, home) => Deno.remove(`${home}/key.txt`),
  "with a damaged key": (_, home) =>
    Deno.writeTextFile(`${home}/key.txt`, "AGE-SECRET-KEY-1QQQ\n"),
  "that another key has sealed": async (_, home) =>
    await Deno.writeTextFile(`${home}/key.txt`, await newKeyFile(new Date())),
  "that others may read": (path) => Deno.chmod(path, 0o644),
};

for (const [name, damage] of Object.entries(DAMAGES)) {
  Deno.test(`sc-logout deletes a login file ${name}`, async () => {
    await using stage = await setLoggedInStage();
    const path = loginPath(stage.home, stage.sandbox.address);
    await damage(path, stage.home);

    await deletesOnlyHere(stage);
  });
}

Deno.test("sc-logout sends no tokens of a login that was made for another address", async () => {
  await using stage = await setLoggedInStage();
  const { address, counts } = stage.sandbox;
  await changeLogin(stage.home, address, { address: "demo.standcloud.io" });

  match(await deletesOnlyHere(stage), /it was made for demo\.standcloud\.io/);
  equal(counts.revocations, 0);
});

Deno.test("sc-logout does not revoke an API key, and says so", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  const { address, requests } = stage.sandbox;
  const key = await stage.folder.write("key", "the-key\n");
  equal((await stage.run(["sc-login", "--api-key-file", key])).code, 0);
  requests.length = 0;

  const result = await stage.run(["sc-logout", "--json"]);

  equal(eventsOf(result), [{ event: "logged_out", address, revoked: false }]);
  equal(
    result.stderr,
    "note: the login is deleted here, but not ended at the server: an API key is only ended in StandCloud's settings\n",
  );
  equal([requests.length, await hasLogin(stage)], [0, false]);
});

Deno.test("sc-logout without a login ends with exit 3", async () => {
  await using stage = await setStage();

  equal(await stage.run(["sc-logout"]), {
    code: 3,
    stdout: "",
    stderr: `error: Not logged in to ${stage.sandbox.address}\n`,
  });
});

Deno.test("sc-logout --all ends each login at its server", async () => {
  await using stage = await setLoggedInStage();
  await using service = startFakeService();
  const { address } = service;
  await writeLogin(stage.home, address, loginContent(address));

  const result = await stage.run(["sc-logout", "--all", "--json"]);

  equal([result.code, result.stderr], [0, ""]);
  const events = eventsOf(result).sort((a, b) =>
    String(a["address"]).length - String(b["address"]).length
  );
  equal(events, [
    { event: "logged_out", address: stage.sandbox.address, revoked: true },
    { event: "logged_out", address, revoked: true },
  ]);
  equal(service.forms("revocation").length, 2);
});

Deno.test("sc-logout --all goes on after a login that it cannot read", async () => {
  await using stage = await setLoggedInStage();
  await using service = startFakeService();
  const { address } = service;
  await writeLogin(stage.home, address, loginContent(address));
  await Deno.writeTextFile(
    loginPath(stage.home, stage.sandbox.address),
    "damaged",
  );

  const result = await stage.run(["sc-logout", "--all", "--json"]);

  equal(result.code, 0);
  equal(eventsOf(result).map(({ revoked }) => revoked).sort(), [
    true,
    "unknown",
  ]);
  equal(await hasLogin(stage), false);
});
