import assert from "node:assert/strict";
import type { CliContext } from "../../src/cli/context.ts";
import { perform } from "../../src/cli/perform.ts";
import { AppError } from "../../src/system/app_error.ts";
import { fakeSystem } from "../system/fake_system.ts";

interface Performed {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function performed(
  action: () => Promise<number>,
  flags: { json?: boolean } = {},
): Promise<Performed> {
  const system = fakeSystem("/nowhere");
  const stream = { write: () => {} };
  const process = { stdout: stream, stderr: stream };
  const context: CliContext = { system, process };
  await perform(context, flags, action);
  const { terminal } = system;
  return {
    exitCode: context.exitCode,
    stdout: terminal.stdout(),
    stderr: terminal.stderr(),
  };
}

Deno.test("perform() ends with the exit code of the command", async () => {
  assert.deepEqual(await performed(() => Promise.resolve(6)), {
    exitCode: 6,
    stdout: "",
    stderr: "",
  });
});

Deno.test("perform() says an error that a user can act on, and ends with its code", async () => {
  const hints = ["run: standcloud sc-login"];
  const error = new AppError("login_ended", "It has ended", { hints });
  assert.deepEqual(await performed(() => Promise.reject(error)), {
    exitCode: 3,
    stdout: "",
    stderr: "error: It has ended\nhint: run: standcloud sc-login\n",
  });
});

Deno.test("perform() calls a fault of the program one, without a stack or what is in it", async () => {
  const cause = { token: "canary" };
  const fault = new TypeError("x is not a function", { cause });
  const { exitCode, stdout, stderr } = await performed(() =>
    Promise.reject(fault)
  );
  assert.deepEqual([exitCode, stdout], [1, ""]);
  assert.match(
    stderr,
    /^error: Unexpected: TypeError(?: in \w+)?\nhint: this is a fault of standcloud: please report it\n$/,
  );
  const json = await performed(() => Promise.reject(fault), { json: true });
  assert.equal(json.exitCode, 1);
  assert.equal(JSON.parse(json.stdout)["code"], "internal");
  assert.doesNotMatch(json.stdout, /canary|perform_test/);
});

Deno.test("perform() never calls a fault of the disk a fault of the program", async () => {
  const error = Object.assign(
    new Error("Input/output error (os error 5): stat '/home/x'"),
    { code: "EIO" },
  );
  const { exitCode, stderr } = await performed(() => Promise.reject(error));
  assert.equal(exitCode, 2);
  assert.match(stderr, /^error: Cannot use "\/home\/x": input\/output error/);
  assert.match(stderr, /^hint: check the disk/m);
});
