import assert from "node:assert/strict";
import { exitCodes } from "../src/system/app_error.ts";
import { readSource } from "./architecture/source_file.ts";
import { blocksOf, exchangesOf, withoutChance } from "./readme/blocks.ts";
import { sitDown } from "./readme/reader.ts";

/** At most so many blocks may say why they are not run. */
const EXCEPTIONS = 3;

const { text: readme } = await readSource("README.md");
const { tasks } = JSON.parse((await readSource("deno.json")).text);
const blocks = blocksOf(readme);
const run = blocks.filter(({ reason }) => reason === undefined);

Deno.test("blocksOf() finds every block of the README, and few that do not run", () => {
  const fences = readme.match(/^```\w+$/gm) ?? [];
  assert.equal(blocks.length, fences.length);
  const reasons = blocks.flatMap(({ reason }) => reason ?? []);
  assert.ok(reasons.length <= EXCEPTIONS, reasons.join("\n"));
  for (const reason of reasons) assert.ok(reason.length > 20, reason);
});

for (const block of run.filter(({ language }) => language === "sh")) {
  Deno.test(`the commands of README.md:${block.line} run`, async () => {
    await using reader = await sitDown();
    await reader.logIn();
    // An invalid report would end the block, as it would end any script.
    await reader.type("rm reports/CSB-000118.json");
    const { code, text } = await reader.type(`set -e\n${block.code}`);
    assert.equal(code, 0, text);
  });
}

/** Says after each command that it is over, and keeps its exit code for the next one. */
const NEXT = "\x1e";

for (const block of run.filter(({ language }) => language === "console")) {
  Deno.test(`the commands of README.md:${block.line} print what stands there`, async () => {
    await using reader = await sitDown();
    const exchanges = exchangesOf(block);
    // The address in the README is that of an example.
    const lines = exchanges.map(({ command }) =>
      `${
        command.replace(/127\.0\.0\.1:\d+/, reader.sandbox.address)
      }; code=$?; printf '${NEXT}'; (exit $code)`
    );
    const { text } = await reader.type(lines.join("\n"));
    const printed = text.split(NEXT);
    for (const [at, { command, output }] of exchanges.entries()) {
      assert.equal(
        withoutChance(printed[at] ?? ""),
        withoutChance(output),
        command,
      );
    }
  });
}

Deno.test("every block of the README is of a kind that is run", () => {
  const kinds = new Set(blocks.map(({ language }) => language));
  assert.deepEqual([...kinds].sort(), ["console", "sh"]);
});

Deno.test("every task and script that the README names is there", async () => {
  const named = [...readme.matchAll(/scripts\/deno task (\w+)/g)];
  for (const [, task = ""] of named) assert.ok(task in tasks, task);
  const paths = readme.matchAll(/\b((?:scripts|tests|docs|src)\/[\w/.-]*\w)/g);
  for (const [, path = ""] of paths) {
    await assert.doesNotReject(Deno.stat(path), path);
  }
});

Deno.test("every message of the README's troubleshooting is one that the program has", async () => {
  const [, section = ""] = readme.split("## Troubleshooting");
  const [table = ""] = section.split("\n## ");
  const messages = [...table.matchAll(/^\| `([^`…]+)/gm)]
    .map(([, message = ""]) => message.replace(/^\w+: /, "").trim());
  assert.ok(messages.length >= 8);
  const ofRuntime = [
    "Failed reading standalone binary section",
    "Could not find standalone binary section",
  ];
  const sources: string[] = [];
  for await (const path of filesBelow("src")) {
    sources.push(await Deno.readTextFile(path));
  }
  const all = sources.join("\n");
  for (const message of messages.filter((one) => !ofRuntime.includes(one))) {
    assert.ok(all.includes(message), message);
  }
});

Deno.test("the README names every word that the code of an error can be, with its exit code", () => {
  const [, section = ""] = readme.split("`code` of an `error` event");
  const [table = ""] = section.split("\n### ");
  const rows = [...table.matchAll(/^\| (\d[\d /]*?) +\| (.*?) +\|$/gm)];
  const named = rows.flatMap(([, codes = "", words = ""]) =>
    [...words.matchAll(/`(\w+)`/g)].map(([, word = ""], at) => {
      const each = codes.split(" / ");
      return [word, Number(each[at] ?? each[0])];
    })
  );
  assert.deepEqual(Object.fromEntries(named), exitCodes);
});

async function* filesBelow(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (isDirectory) yield* filesBelow(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}
