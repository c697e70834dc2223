import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { signIn } from "../../scripts/sandbox/sign_in.ts";
import { standOf } from "../support/login.ts";
import { loginFiles, readLogin } from "../support/login_file.ts";
import {
  startOnTerminal,
  type TerminalRun,
} from "../support/run_on_terminal.ts";
import { authorizationUrl } from "../support/running_program.ts";
import { setStage, type Stage } from "../support/stage.ts";

// Only Linux has util-linux's `script`.
const ignore = Deno.build.os !== "linux";

function onTerminal(
  stage: Stage,
  args: readonly string[],
): Promise<TerminalRun> {
  return startOnTerminal(args, {
    home: stage.home,
    env: standOf(stage.sandbox),
  });
}

const ASKS = /(API key of 127\.0\.0\.1)/;

Deno.test({
  name:
    "the compiled program asks on TERM=dumb without an escape code, and hides the key",
  ignore,
  fn: async () => {
    await using stage = await setStage({ apiKeys: ["CANARY.key-1"] });
    const env = { ...standOf(stage.sandbox), TERM: "dumb" };
    const program = await startOnTerminal(
      ["sc-login", "--flow", "api-key"],
      { home: stage.home, env },
    );
    await program.output.find(ASKS);
    await program.type("CANARY.key-1\r");
    const { code, stdout } = await program.result;

    equal(code, 0);
    match(stdout, /Registration completed\n$/);
    ok(!stdout.includes("CANARY") && !stdout.includes("\x1b"), stdout);
  },
});

Deno.test({
  name:
    "the compiled sc-login asks for an API key that the terminal does not show",
  ignore,
  fn: async () => {
    await using stage = await setStage({ apiKeys: ["CANARY.key-1"] });
    const program = await onTerminal(stage, ["sc-login", "--flow", "api-key"]);
    await program.output.find(ASKS);
    await program.type("CANARY.key-1\r");
    const { code, stdout } = await program.result;

    equal(code, 0);
    match(stdout, /Registration completed\n$/);
    ok(!stdout.includes("CANARY"), stdout);
    const { address } = stage.sandbox;
    const { "api_key": stored } = await readLogin(stage.home, address);
    equal(stored, "CANARY.key-1");
  },
});

Deno.test({
  name: "the compiled sc-login ends at Ctrl-C while it asks for an API key",
  ignore,
  fn: async () => {
    await using stage = await setStage();
    const program = await onTerminal(stage, ["sc-login", "--flow", "api-key"]);
    await program.output.find(ASKS);
    await program.type("\x03");

    equal((await program.result).code, 130);
    equal(await loginFiles(stage.home), []);
  },
});

Deno.test({
  name:
    "the compiled sc-login takes an address that is pasted into its terminal",
  ignore,
  fn: async () => {
    await using stage = await setStage();
    const { caPem } = stage.sandbox;
    const program = await onTerminal(stage, ["sc-login", "--no-browser"]);
    const url = await authorizationUrl(program);
    await program.output.find(/(paste that page's address here)/);
    // A person elsewhere, whose browser reaches StandCloud but not this loopback.
    const answer = await signIn(url, {
      caPem,
      decision: "accept",
      stopAt: "http://127.0.0.1:",
    });
    await program.type("http://127.0.0.1:1/oauth2/callback?code=x&state=y\r");
    await program.output.find(/(That is not the address)/);
    await program.type(`${answer.finalUrl}\r`);
    const { code, stdout } = await program.result;

    equal(code, 0);
    match(stdout, /Registration completed\n$/);
  },
});
