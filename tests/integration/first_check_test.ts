import { deepStrictEqual as equal, match } from "node:assert/strict";
import type { FaultAction } from "../../scripts/sandbox/fault_types.ts";
import { loginFiles, programFiles, readLogin } from "../support/login_file.ts";
import { finishLogin } from "../support/login.ts";
import { eventsOf, type ProgramResult } from "../support/running_program.ts";
import { setLoggedInStage, setStage, type Stage } from "../support/stage.ts";

function failHealth({ sandbox }: Stage, action: FaultAction): void {
  sandbox.faults.push({
    match: (_, path) => path === "/hardpy/api/v1/healthcheck",
    action,
  });
}

/** `checked` of the last login that the program tells of. */
function checkedOf(result: ProgramResult): unknown {
  const logins = eventsOf(result).filter(({ event }) => event === "logged_in");
  return logins.at(-1)?.["checked"];
}

Deno.test("sc-login tests the new login before it says that the registration is completed", async () => {
  await using stage = await setStage();

  const result = await stage.logIn("--json");

  equal([result.code, checkedOf(result)], [0, true]);
  const health = stage.sandbox.requests.filter(({ path }) =>
    path.endsWith("/healthcheck")
  );
  equal(health.map(({ status, bearer }) => [status, bearer]), [[200, true]]);
  const again = await stage.run(["sc-login", "--json"]);
  equal([again.code, checkedOf(again)], [0, true]);
});

for (
  const [what, action] of [
    ["does not answer", { kind: "reset" }],
    ["is out of order", { kind: "respond", status: 503 }],
  ] as const
) {
  Deno.test(`sc-login keeps a login that cannot be tested because the API ${what}, and says so`, async () => {
    await using stage = await setStage();
    failHealth(stage, action);

    const text = await stage.logIn();

    equal([text.code, text.stdout], [0, "Registration completed\n"]);
    match(
      text.stderr,
      /\nnote: the login is not tested yet: .+\nhint: test it later: standcloud sc-login --check \S+\n$/,
    );
    stage.sandbox.faults.length = 0;
    equal((await stage.run(["sc-login", "--check"])).code, 0);
    failHealth(stage, action);
    equal(checkedOf(await stage.logIn("--json", "--force")), false);
  });
}

Deno.test("sc-login tells an account that is not allowed so, and keeps nothing", async () => {
  await using stage = await setStage();
  stage.sandbox.isAllowed = false;
  const program = await stage.start(["sc-login", "--no-browser"]);

  const { page, result } = await finishLogin(program, stage.sandbox);

  equal([page.status, result.code, result.stdout], [400, 3, ""]);
  match(
    result.stderr,
    /\nerror: \S+ does not allow this account to use it \(HTTP 403\)\nhint: ask the administrator of your StandCloud organisation to give this account access\n$/,
  );
  equal(await programFiles(stage.home), []);
  equal(stage.sandbox.counts.revocations, 2);
});

Deno.test("sc-login --force whose new login is refused leaves the earlier login as it was", async () => {
  await using stage = await setLoggedInStage();
  const { sandbox, home } = stage;
  const before = await readLogin(home, sandbox.address);
  sandbox.isAllowed = false;

  const { code } = await stage.logIn("--force");

  equal(code, 3);
  equal(await readLogin(home, sandbox.address), before);
  sandbox.isAllowed = true;
  equal((await stage.run(["sc-login", "--check"])).code, 0);
});

Deno.test("sc-login --for writes no login that the API refuses", async () => {
  await using stage = await setStage();
  const { stdout } = await stage.run(["key"]);
  stage.sandbox.isAllowed = false;
  const file = stage.folder.join("login.age");

  const { code } = await stage.logIn("--for", stdout.trim(), "--output", file);

  equal(code, 3);
  equal(await Deno.stat(file).catch(() => undefined), undefined);
});

Deno.test("sc-login --from tests the login where there is a network, and stores none that is refused", async () => {
  await using stage = await setStage();
  const { stdout } = await stage.run(["key"]);
  const file = stage.folder.join("login.age");
  await stage.logIn("--for", stdout.trim(), "--output", file);
  stage.sandbox.isAllowed = false;
  const from = ["sc-login", "--from", file, "--json"];

  const refused = await stage.run(from);
  equal([refused.code, eventsOf(refused).at(-1)?.["code"]], [3, "not_allowed"]);
  equal(await loginFiles(stage.home).then((all) => all.join()), "");

  stage.sandbox.isAllowed = true;
  const taken = await stage.run(from);
  equal([taken.code, checkedOf(taken)], [0, true]);
});

Deno.test("sc-login --from revokes the tokens of the login that it replaces", async () => {
  await using stage = await setLoggedInStage({ apiKeys: ["the-key"] });
  const { stdout } = await stage.run(["key"]);
  const file = stage.folder.join("login.age");
  const give = ["sc-login", "--api-key-file", "-", "--for", stdout.trim()];
  await stage.run([...give, "--output", file], { stdin: "the-key" });
  equal(stage.sandbox.counts.revocations, 0);

  equal((await stage.run(["sc-login", "--from", file])).code, 0);

  equal(stage.sandbox.counts.revocations, 2);
});

Deno.test("sc-login stores no API key of an account that is not allowed", async () => {
  await using stage = await setStage({ apiKeys: ["the-key"] });
  stage.sandbox.isAllowed = false;
  const args = ["sc-login", "--json", "--api-key-file", "-"];

  const result = await stage.run(args, { stdin: "the-key" });

  equal([result.code, eventsOf(result).at(-1)?.["code"]], [3, "not_allowed"]);
  equal(await programFiles(stage.home), []);
});
