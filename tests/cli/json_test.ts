import assert from "node:assert/strict";
import { commonFlags, kebab } from "../../src/cli/flags.ts";
import { allRoutes } from "./commands.ts";
import { eventsOf, runEmpty } from "./run_in.ts";

const { commands } = allRoutes();

const typed = (flag: string) => `--${kebab(flag)}`;

for (const words of commands) {
  const name = words.join(" ");

  Deno.test(`run() takes every common flag with ${name}`, async () => {
    const { stdout } = await runEmpty([...words, "--help"]);
    for (const flag of Object.keys(commonFlags)) {
      assert.match(stdout, new RegExp(`^ .*${typed(flag)}\\b`, "m"));
    }
  });

  Deno.test(`run() prints nothing but JSON objects for "${name} --json"`, async () => {
    const { exitCode, stdout } = await runEmpty([...words, "--json"]);
    const events = eventsOf(stdout);
    for (const { event } of events) assert.equal(typeof event, "string");
    const last = events.findLast((event) => "exit_code" in event);
    assert.equal(last?.["exit_code"] ?? 0, exitCode);
  });

  Deno.test(`run() says wrong usage as one JSON object for "${name} --json --nope"`, async () => {
    const result = await runEmpty([...words, "--json", "--nope"]);
    assert.equal(result.exitCode, 2);
    assert.equal(result.stderr, "");
    const [error, ...more] = eventsOf(result.stdout);
    assert.deepEqual(more, []);
    assert.deepEqual(Object.keys(error ?? {}), [
      "event",
      "code",
      "message",
      "hint",
      "exit_code",
    ]);
    assert.equal(error?.["code"], "usage");
    assert.match(String(error?.["message"]), /--nope/);
  });

  Deno.test(`run() says wrong usage as an error and a hint for "${name} --nope"`, async () => {
    const result = await runEmpty([...words, "--nope"]);
    assert.equal(result.exitCode, 2);
    assert.equal(result.stdout, "");
    assert.match(result.stderr, /^error: [^\n]*--nope[^\n]*\n(?:hint: .+\n)+$/);
    const hint = `hint: standcloud ${name} --help shows its flags\n`;
    assert.ok(result.stderr.endsWith(hint), result.stderr);
  });
}
