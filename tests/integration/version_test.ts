import assert from "node:assert/strict";
import { DENO_VERSION } from "../../scripts/compile/targets.ts";
import { runEmpty } from "../cli/run_in.ts";
import { runBinary } from "../support/run_binary.ts";
import { readSource } from "../architecture/source_file.ts";

const { version } = JSON.parse((await readSource("deno.json")).text);

Deno.test("the compiled program prints the version of deno.json", async () => {
  const { code, stdout, stderr } = await runBinary(["--version"], { home: "" });
  assert.deepEqual([code, stdout, stderr], [0, `standcloud ${version}\n`, ""]);
  const short = await runBinary(["-v"], { home: "" });
  assert.equal(short.stdout, stdout);
});

Deno.test("the compiled program tells with --version --json how it was made", async () => {
  for (const args of [["--version", "--json"], ["--json", "--version"]]) {
    const { code, stdout } = await runBinary(args, { home: "" });
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(stdout), {
      event: "version",
      version,
      // A release names its commit; what the tests compile is none.
      commit: null,
      target: Deno.build.target,
      deno: DENO_VERSION,
      denort: DENO_VERSION,
    });
  }
});

Deno.test("run() says that a run from source is no release", async () => {
  const { stdout } = await runEmpty(["--version", "--json"]);
  const { version, commit, deno } = JSON.parse(stdout);
  assert.deepEqual([version, commit, deno], ["development", null, null]);
});
