import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { loginPath, secondsAhead } from "../support/login_file.ts";
import { runFile } from "../support/runs.ts";

const COMMANDS = [
  ["sc-login", "--check"],
  ["sc-login"],
  ["status", "--online"],
  ["upload", runFile("minimum.jsonloader")],
  ["sc-logout"],
  ["sc-logout", "--all"],
];

for (const args of COMMANDS) {
  const name = args.filter((arg) => !arg.endsWith(".json")).join(" ");
  Deno.test(`${name} ends at once after Ctrl-C while the sign-in service does not answer, and keeps the login`, async () => {
    await using stage = await setFakeStage({ "expires_at": secondsAhead(-1) });
    const { address, answers, forms } = stage.service;
    const path = loginPath(stage.home, address);
    const before = await Deno.readFile(path);
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { promise: over, resolve: end } = Promise.withResolvers<Response>();
    answers["openid-configuration"] = () => {
      ask();
      return over;
    };
    const program = stage.start(args);
    await asked;
    const start = performance.now();
    program.interrupt();

    const { code, stderr } = await program.result
      .finally(() => end(new Response()));

    ok(performance.now() - start < 1000);
    equal(code, 130);
    match(stderr, /^error: Interrupted\n$/m);
    equal(await Deno.readFile(path), before);
    equal([forms("token"), forms("revocation")], [[], []]);
  });
}
