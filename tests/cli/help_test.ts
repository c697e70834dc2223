import assert from "node:assert/strict";
import { version } from "../../src/system/build.ts";
import { run } from "../../src/cli/run.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { allRoutes } from "./commands.ts";
import { runEmpty } from "./run_in.ts";

const COLUMNS = 80;
const FOLDER = new URL("golden/", import.meta.url);

const { commands, maps } = allRoutes();
const routes = [...maps, ...commands];
const nameOf = (words: readonly string[]) =>
  `${["standcloud", ...words].join("_")}.txt`;

Deno.test("allRoutes() finds every command of the program", () => {
  const found = commands.map((words) => words.join(" "));
  for (const name of ["sc-login", "sc-logout", "status", "upload"]) {
    assert.ok(found.includes(name), name);
  }
});

/** The text kept in the file; rewritten first when `UPDATE_GOLDEN` is set. */
async function golden(name: string, text: string): Promise<string> {
  const path = new URL(name, FOLDER);
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    await Deno.writeTextFile(path, text);
  }
  return await Deno.readTextFile(path).catch(() => "");
}

for (const words of routes) {
  const typed = [...words, "--help"].join(" ");
  Deno.test(`run() prints for "${typed}" what is in golden/${nameOf(words)}`, async () => {
    const { exitCode, stdout, stderr } = await runEmpty([...words, "--help"]);
    assert.equal(stdout, await golden(nameOf(words), stdout));
    assert.equal(stderr, "");
    assert.equal(exitCode, 0);
  });

  Deno.test(`run() prints for "${typed}" no line of more than ${COLUMNS} columns`, async () => {
    const { stdout } = await runEmpty([...words, "--help"]);
    const long = stdout.split("\n").filter((line) => line.length > COLUMNS);
    assert.deepEqual(long, []);
    assert.doesNotMatch(stdout, /[^\n\x20-\x7e…–“”’]/);
  });
}

Deno.test("run() takes `help COMMAND` for `COMMAND --help`", async () => {
  for (const words of [[], ["upload"], ["history"], ["history", "retry"]]) {
    const asked = await runEmpty(["help", ...words]);
    assert.deepEqual(asked, await runEmpty([...words, "--help"]));
    assert.deepEqual(
      await runEmpty(["--no-input", "help", ...words]),
      await runEmpty([...words, "--no-input", "--help"]),
    );
  }
});

Deno.test("golden/ holds no help of a command that is gone", async () => {
  const expected = routes.map(nameOf);
  for await (const { name } of Deno.readDir(FOLDER)) {
    assert.ok(expected.includes(name), name);
  }
});

Deno.test("run() prints the help of the program when nothing was typed, and for -h", async () => {
  const help = await runEmpty(["--help"]);
  assert.deepEqual(await runEmpty(["-h"]), help);
  assert.deepEqual(await runEmpty([]), help);
});

Deno.test("run() prints the version", async () => {
  const expected = {
    exitCode: 0,
    stdout: `standcloud ${version}\n`,
    stderr: "",
  };
  assert.deepEqual(await runEmpty(["--version"]), expected);
  assert.deepEqual(await runEmpty(["-v"]), expected);
  assert.deepEqual(await runEmpty(["-V"]), expected);
  assert.deepEqual(await runEmpty(["upload", "-V"]), expected);
  assert.deepEqual(await runEmpty(["upload", "--version"]), expected);
  const { exitCode } = await runEmpty(["upload", "--", "--version"]);
  assert.equal(exitCode, 2);
});

for (const [alias, name] of [["login", "sc-login"], ["logout", "sc-logout"]]) {
  Deno.test(`run() takes ${alias} for ${name}`, async () => {
    const { stdout } = await runEmpty([alias ?? "", "--help"]);
    const own = await runEmpty([name ?? "", "--help"]);
    assert.equal(
      stdout.replaceAll(`standcloud ${alias} `, `standcloud ${name} `),
      own.stdout,
    );
  });
}

/** The program on a terminal of so many columns. */
async function helpAt(columns: number, words: string[]): Promise<string> {
  const system = fakeSystem("/nowhere");
  const terminal = { ...system.terminal, columns };
  await run([...words, "--help"], { ...system, terminal });
  return system.terminal.stdout();
}

for (const words of routes) {
  const typed = [...words, "--help"].join(" ");
  Deno.test(`run() prints "${typed}" within the width of the terminal`, async () => {
    for (const columns of [40, 60, 80, 300]) {
      const help = await helpAt(columns, words);
      const widest = Math.min(columns, 100);
      const long = help.split("\n").filter((line) => line.length > widest)
        // An example, a preformatted line and a long word are not broken.
        .filter((line) => !/^ {2}\S|^\S+$/.test(line));
      assert.deepEqual(long, []);
    }
  });
}

for (const words of commands) {
  Deno.test(`the help of "${words.join(" ")}" has examples with what they are for`, async () => {
    const { stdout } = await runEmpty([...words, "--help"]);
    const [, examples = ""] = /\nEXAMPLES\n((?: .*\n)+)/.exec(stdout) ?? [];
    const own = words.filter((word) => word !== "list");
    assert.match(examples, new RegExp(`^ {2}standcloud ${own.join(" ")}\\b`));
  });
}

Deno.test("the help names the value behind its flag", async () => {
  const { stdout } = await runEmpty(["upload", "--help"]);
  assert.match(stdout, /^ {2}--concurrency N\|auto {2,}\S/m);
  assert.match(stdout, /^ {2}--timeout DURATION {2,}\S/m);
});

Deno.test("run() takes -q for --quiet", async () => {
  const words = ["history"];
  const quiet = await runEmpty([...words, "--quiet"]);
  assert.equal(quiet.stdout, "");
  assert.deepEqual(await runEmpty([...words, "-q"]), quiet);
  assert.deepEqual(await runEmpty(["-q", ...words]), quiet);
});
