import assert from "node:assert/strict";
import fc from "fast-check";
import { showCommand } from "../../../src/stats/html/show_command.ts";

Deno.test("showCommand() leaves a plain path as it is, and quotes others", () => {
  assert.equal(showCommand("runs/a.json"), "standcloud show runs/a.json");
  assert.equal(
    showCommand("my runs/a.json"),
    'standcloud show "my runs/a.json"',
  );
  assert.equal(showCommand("-a.json"), "standcloud show ./-a.json");
  assert.equal(showCommand("a.jsonl:3"), "standcloud show a.jsonl:3");
  assert.equal(
    showCommand("it's $5.json"),
    `standcloud show 'it'\\''s $5.json'`,
  );
});

/** What a shell makes of the words of a command. */
async function words(command: string): Promise<string[]> {
  const script = `standcloud() { printf '%s\\0' "$@"; }\n${command}`;
  const { stdout } = await new Deno.Command("sh", { args: ["-c", script] })
    .output();
  return new TextDecoder().decode(stdout).split("\0").slice(0, -1);
}

Deno.test("showCommand() gives a shell the path and nothing to execute", async () => {
  const hostile = fc.string({
    unit: fc.constantFrom(..."ab/. '\"`$\\!%;&|<>(){}*?~#\n-é"),
    minLength: 1,
    maxLength: 20,
  });
  await fc.assert(
    fc.asyncProperty(hostile, async (path) => {
      const command = showCommand(path);
      if (command === undefined) return assert.match(path, /^-/);
      const [word, shown, ...others] = await words(command);
      assert.equal(word, "show");
      const expected = path.startsWith("-") ? `./${path}` : path;
      assert.equal(shown, expected);
      assert.deepEqual(others, []);
    }),
    { numRuns: 80, seed: 5 },
  );
});

Deno.test("showCommand() has none for what is no file", () => {
  for (const source of ["-", "-:3", "http://127.0.0.1:5984/runstore/a"]) {
    assert.equal(showCommand(source), undefined);
  }
});
