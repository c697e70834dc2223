import assert from "node:assert/strict";
import { soundRun } from "../runs/rules/sound_runs.ts";
import { runProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const RUN = soundRun("current").replace('"CSB-000117"', "null");

/** Runs `validate` with a standcloud.toml beside a hardpy.toml. */
async function validateWith(toml: string) {
  await using folder = await TemporaryFolder.make();
  const path = folder.join("hardpy.toml");
  await Deno.writeTextFile(path, "");
  await Deno.writeTextFile(folder.join("standcloud.toml"), toml);
  const outcomes = [];
  for (const config of [path, folder.path]) {
    const args = ["validate", "-", "--config", config];
    outcomes.push(
      await runProgram(args, { home: folder.join("home"), stdin: RUN }),
    );
  }
  const [first, second] = outcomes;
  assert.deepEqual(first, second);
  return {
    code: first?.code,
    stdout: first?.stdout,
    stderr: first?.stderr ?? "",
  };
}

Deno.test("validate heeds the standcloud.toml beside the hardpy.toml", async () => {
  const without = await validateWith("");
  assert.match(without.stdout ?? "", /\[no-serial-number\]/);
  const toml = '[validate]\nignore = ["no-serial-number"]\n';
  const { code, stdout } = await validateWith(toml);
  assert.deepEqual([code, stdout], [0, "1 document valid\n"]);
});

for (
  const [toml, place, why] of [
    [
      '[validate]\nignore = [\n  "stale-dat",\n]\n',
      "3:4",
      'there is no rule "stale-dat"',
    ],
    [
      '[validate]\nignore = ["missing-mandatory-field"]\n',
      "2:12",
      "the rule missing-mandatory-field cannot be ignored",
    ],
    ["[validate]\nignore = 7\n", "2:1", "ignore of [validate] must be a list"],
    [
      "[validate]\nignore = [7]\n",
      "2:1",
      "ignore of [validate] must be a list",
    ],
    ["validate = 7\n", "1:1", "[validate] must be a table"],
    ["[validate]\n\nignor = []\n", "3:1", '"ignor" is not known'],
    ["[validat]\n", "1:2", '"validat" is not known'],
    ["[validate\n", "1:", ""],
  ] as const
) {
  Deno.test(`a standcloud.toml with ${JSON.stringify(toml)} is an error at ${place}`, async () => {
    const { code, stdout, stderr } = await validateWith(toml);
    assert.deepEqual([code, stdout], [2, ""]);
    assert.match(stderr, /^error: .*standcloud\.toml:\d+:\d+: .+\nhint: /);
    assert.ok(stderr.includes(`standcloud.toml:${place}`), stderr);
    assert.ok(stderr.includes(why), stderr);
  });
}
