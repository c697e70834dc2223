import assert from "node:assert/strict";
import { runFile } from "../../support/runs.ts";
import { runProgram } from "../../support/run_program.ts";
import { TemporaryFolder } from "../../support/temporary_folder.ts";
import type { ProgramResult } from "../../support/running_program.ts";
import { runWith, uncoloured } from "./shown.ts";

async function withFolder(
  test: (
    folder: TemporaryFolder,
    show: (...args: string[]) => Promise<ProgramResult>,
  ) => Promise<void>,
): Promise<void> {
  await using folder = await TemporaryFolder.make();
  await test(
    folder,
    (...args) => runProgram(["show", ...args], { home: folder.join("home") }),
  );
}

Deno.test("show prints a run and ends with 0", () =>
  withFolder(async (_folder, show) => {
    const path = runFile("sensor_board_failed.jsonloader");
    const { code, stdout, stderr } = await show(path);
    assert.deepEqual([code, stderr], [0, ""]);
    assert.match(
      stdout,
      /^✗ FAILED {2}Climate sensor board\n\nCause of failure\n/,
    );
  }));

Deno.test("show reads stdin, and colours only when it is told to", async () => {
  await using folder = await TemporaryFolder.make();
  const run = (env: Record<string, string>) =>
    runProgram(["show", "-"], { home: folder.path, stdin: runWith({}), env });
  assert.match((await run({})).stdout, /^✓ passed {2}Run\n/);
  const coloured = (await run({ FORCE_COLOR: "1" })).stdout;
  const plain = (await run({ NO_COLOR: "1" })).stdout;
  assert.ok(coloured.startsWith("\x1b[32m✓"));
  assert.equal(uncoloured(coloured), plain);
});

Deno.test("show --json prints the wire form in one line, every digit kept", () =>
  withFolder(async (folder, show) => {
    const text =
      `{\n"modules": {}, "start_time": 1,\n "artifact": {"a":\n[18446744073709551615, 1.0]}}`;
    const { code, stdout } = await show(
      await folder.write("a.json", text),
      "--json",
    );
    assert.equal(code, 0);
    assert.equal(stdout.split("\n").length, 2);
    assert.match(stdout, /"artifact":\{"a":\[18446744073709551615, ?1\.0\]\}/);
    const { event, digest, document } = JSON.parse(stdout);
    assert.equal(event, "run");
    assert.match(digest, /^[0-9a-f]{64}$/);
    assert.equal(document.start_time, 1);
  }));

Deno.test("show shows the runs of a file with several, and names the lines that are none", () =>
  withFolder(async (folder, show) => {
    const lines = [runWith({}), "{}", runWith({}, { name: "Third" })];
    const path = await folder.write("a.jsonl", lines.join("\n"));
    const { code, stdout, stderr } = await show(path);
    assert.equal(code, 5);
    assert.match(stdout, /^✓ passed {2}Run\n[^]*^✓ passed {2}Third\n/m);
    assert.match(stderr, /^error: .*a\.jsonl:2:1: This is not a run document/);
  }));

Deno.test("show ends with 2 for a path that cannot be read, and with 5 for no run", () =>
  withFolder(async (folder, show) => {
    assert.equal((await show(folder.join("nope.json"))).code, 2);
    const { code, stdout, stderr } = await show(
      await folder.write("package.json", `{"dependencies": {}}`),
    );
    assert.deepEqual([code, stdout], [5, ""]);
    assert.match(stderr, /package\.json/);
  }));

Deno.test("show --html writes one page, and prints it for -", () =>
  withFolder(async (folder, show) => {
    const path = runFile("sensor_board_passed.jsonloader");
    const file = await folder.write("page.html", "old");
    const { code, stdout } = await show(path, "--html", file);
    assert.deepEqual([code, stdout], [0, `Wrote ${file}\n`]);
    const page = await Deno.readTextFile(file);
    assert.match(page, /^<!DOCTYPE html>[^]*<\/html>$/);
    assert.equal((await show(path, "--html", "-")).stdout, page);
    assert.equal((await show(path, "--html", "-", "--json")).code, 2);
  }));

Deno.test("show --html says why a page cannot be written", () =>
  withFolder(async (folder, show) => {
    const path = runFile("minimum.jsonloader");
    const { code, stderr } = await show(path, "--html", folder.path);
    assert.equal(code, 2);
    assert.match(stderr, /^error: Cannot write ".*": it is a folder\n$/);
  }));
