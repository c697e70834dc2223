import assert from "node:assert/strict";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { checkedEvent } from "../support/checked_event.ts";
import {
  type Block,
  blocksOf,
  exchangesOf,
  programLines,
  withoutChance,
} from "./blocks.ts";
import { pages } from "./pages.ts";
import { type Reader, sitDown } from "./reader.ts";

/** At most so many blocks may say why they are not run. */
const EXCEPTIONS = 8;
/** Blocks of these are no commands. */
const DATA = ["crontab", "json", "text", "toml"];

Deno.test("blocksOf() finds every block of the documents, and few that do not run", async () => {
  const fences = pages.flatMap(({ text }) => text.match(/^```\w+$/gm) ?? []);
  const blocks = pages.flatMap(({ text }) => blocksOf(text));
  assert.equal(blocks.length, fences.length);
  const reasons = blocks.flatMap(({ reason }) => reason ?? []);
  assert.ok(reasons.length <= EXCEPTIONS, reasons.join("\n"));
  for (const reason of reasons) {
    const [file = ""] = /(?:tests|scripts)\/[\w/]+\.ts/.exec(reason) ?? [];
    await assert.doesNotReject(Deno.stat(fromRoot(file)), reason);
  }
});

Deno.test("every block of the documents is of a kind that is run, or is data", () => {
  const kinds = new Set(
    pages.flatMap(({ text }) => blocksOf(text)).map(({ language }) => language),
  );
  for (const kind of DATA) kinds.delete(kind);
  assert.deepEqual([...kinds].sort(), ["console", "powershell", "sh"]);
});

Deno.test("every JSON object in the documents is an event of the reference", () => {
  const examples = pages.flatMap(({ text }) => blocksOf(text))
    .filter(({ language }) => language === "json");
  assert.ok(examples.length > 0);
  for (const { code } of examples) checkedEvent(JSON.parse(code));
});

for (const { path, text } of pages) {
  const blocks = blocksOf(text).filter(({ language, reason }) =>
    reason === undefined && !DATA.includes(language)
  );
  if (blocks.length === 0) continue;
  Deno.test(`the commands of ${path} do what the page says, in its order`, async (test) => {
    await using reader = await sitDown(text);
    const shown = new Map<Block, string>();
    for (const block of blocks) {
      await test.step(`${path}:${block.line}`, async () => {
        shown.set(block, await check(block, reader));
      });
    }
    if (Deno.env.get("UPDATE_GOLDEN") !== "1") return;
    const updated = blocks.reduce(
      (page, block) =>
        page.replace(block.code, () => shown.get(block) ?? block.code),
      text,
    );
    await Deno.writeTextFile(fromRoot(path), updated);
  });
}

/** Runs a block. Returns its text, with the output as it is now. */
async function check(block: Block, reader: Reader): Promise<string> {
  if (block.language === "console") return await checkOutput(block, reader);
  const script = block.language === "sh" ? block.code : programLines(block);
  assert.notEqual(script, "", "no line of the block can run here");
  const { codes, text } = await reader.type(script);
  const expected = block.exitCode === 0 ? [] : [block.exitCode];
  assert.deepEqual([...new Set(codes)], expected, text);
  return block.code;
}

/** Ends the output of each command. */
const NEXT = "\x1e";

async function checkOutput(block: Block, reader: Reader): Promise<string> {
  const exchanges = exchangesOf(block);
  const script = exchanges
    .map(({ command }) => `${command}; printf '${NEXT}'`);
  const { text } = await reader.type(script.join("\n"));
  const printed = text.split(NEXT);
  const now = exchanges.map(({ command, output }, at) => {
    const actual = printed[at] ?? "";
    const isSame = withoutChance(actual) === withoutChance(output);
    return { command, output, actual: isSame ? output : actual };
  });
  if (Deno.env.get("UPDATE_GOLDEN") !== "1") {
    for (const { command, output, actual } of now) {
      assert.equal(actual, output, command);
    }
  }
  return now.map(({ command, actual }) => `$ ${command}\n${actual}`).join("");
}
