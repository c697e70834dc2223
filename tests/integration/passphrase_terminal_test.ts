import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import { setFakeStage } from "../support/fake_stage.ts";
import { loginPath } from "../support/login_file.ts";
import { runBinary } from "../support/run_binary.ts";
import { startOnTerminal } from "../support/run_on_terminal.ts";

// Only Linux has util-linux's `script`.
const ignore = Deno.build.os !== "linux";

Deno.test({
  name:
    "the compiled program asks for a passphrase that the terminal does not show, and opens the login with it",
  ignore,
  fn: async () => {
    await using stage = await setFakeStage();
    const { address } = stage.service;
    const env = {
      STANDCLOUD_ADDRESS: address,
      STANDCLOUD_PASSPHRASE_FILE: "-",
    };
    const run = (...args: string[]) =>
      startOnTerminal(args, { home: stage.home, env });

    const change = await run("key", "--rotate");
    await change.output.find(/(Passphrase of this stand)/);
    await change.type("CANARY horse\r");
    await change.output.find(/(The same passphrase again)/);
    await change.type("CANARY horse\r");
    const changed = await change.result;
    equal(changed.code, 0);
    const box = await Deno.readFile(loginPath(stage.home, address));
    match(new TextDecoder("latin1").decode(box), /\n-> scrypt \S+ 18\n/);

    const check = await run("sc-login", "--check");
    await check.output.find(/(Passphrase of this stand)/);
    await check.type("CANARY horse\r");
    const checked = await check.result;
    equal(checked.code, 0);
    match(checked.stdout, /StandCloud connection success/);
    for (const { stdout } of [changed, checked]) {
      ok(!stdout.includes("CANARY") && !stdout.includes("horse"), stdout);
    }
  },
});

Deno.test("the compiled program does not ask for a passphrase without a terminal, or with --no-input", async () => {
  await using stage = await setFakeStage();
  const env = {
    STANDCLOUD_ADDRESS: stage.service.address,
    STANDCLOUD_PASSPHRASE_FILE: "-",
  };
  for (const flags of [[], ["--no-input"]]) {
    const { code, stderr } = await runBinary(
      ["key", "--rotate", ...flags],
      { home: stage.home, env, stdin: "horse\nhorse\n" },
    );
    equal(code, 2);
    match(
      stderr,
      /Cannot use a passphrase: .*\nhint: set STANDCLOUD_PASSPHRASE/,
    );
  }
});
