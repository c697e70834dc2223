import assert from "node:assert/strict";
import { version } from "../../src/system/build.ts";
import { allRoutes } from "./commands.ts";
import { runEmpty } from "./run_in.ts";

const COLUMNS = 100;
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
  assert.deepEqual(await runEmpty(["upload", "--version"]), expected);
  const { exitCode } = await runEmpty(["upload", "--", "--version"]);
  assert.equal(exitCode, 2);
});

for (const [alias, name] of [["login", "sc-login"], ["logout", "sc-logout"]]) {
  Deno.test(`run() takes ${alias} for ${name}`, async () => {
    const { stdout } = await runEmpty([alias ?? "", "--help"]);
    const own = await runEmpty([name ?? "", "--help"]);
    assert.match(stdout, new RegExp(`ALIASES\\n  standcloud ${name}\\n`));
    const [flags] = stdout.split("FLAGS\n").slice(-1);
    assert.ok(own.stdout.endsWith(`FLAGS\n${flags}`));
  });
}
