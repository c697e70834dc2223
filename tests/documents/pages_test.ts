import assert from "node:assert/strict";
import {
  lineCount,
  readSource,
  readSources,
} from "../architecture/source_file.ts";
import { pageText } from "./pages.ts";

const README_LINES = 180;

const readme = pageText("README.md");

Deno.test(`the README has at most ${README_LINES} lines`, () => {
  assert.ok(lineCount(readme) <= README_LINES, `${lineCount(readme)} lines`);
});

Deno.test("the README answers the questions of a new user in their order", () => {
  assert.deepEqual(
    [...readme.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading),
    [
      "One screen",
      "Install",
      "First login",
      "First upload",
      "A run is refused: two ways out",
      "Everyday commands",
      "Exit codes",
      "The five commonest problems",
      "Try it without StandCloud",
      "More",
    ],
  );
});

Deno.test("CI runs the test command of the README", async () => {
  const { text } = await readSource(".ci/run");
  const command = "sh scripts/deno task test";
  assert.ok(readme.includes(`\n${command} `));
  assert.match(text, new RegExp(`^${command}$`, "m"));
});

Deno.test("CONTRIBUTING.md names each room of src once, with its purpose in one line", async () => {
  const rooms = new Set<string>();
  for await (const { name, isDirectory } of Deno.readDir("src")) {
    if (isDirectory) rooms.add(`src/${name}`);
  }
  const rows = pageText("CONTRIBUTING.md")
    .matchAll(/^\| `(src\/\w+)` +\| (\w[^|]*\.) +\|$/gm);
  const named = [...rows].map(([, room]) => room);
  assert.deepEqual(named.toSorted(), [...rooms].sort());
});

/** Documents with a table of problems; the messages stand in its first column. */
const TABLES = ["README.md", "docs/troubleshooting.md"];

/** Texts of the runtime, of SQLite and of the C library. */
const NOT_OURS = [
  'ledger.db": database or disk is full',
  "Failed reading standalone binary section",
  "Could not find standalone binary section",
];

Deno.test("every message of the tables of problems is one that the program has", async () => {
  const sources = await readSources("src");
  const all = sources.map(({ text }) => text).join("\n");
  const tables = TABLES.map(pageText).join("\n");
  const messages = [...tables.matchAll(/^\| `([^`]+)` +\|/gm)]
    .flatMap(([, cell = ""]) => cell.split("…"))
    .map((part) => part.replace(/^(?:error|warning): /, "").trim())
    .filter((part) => part.length > 3 && !NOT_OURS.includes(part));
  assert.ok(messages.length >= 30, `${messages.length} messages`);
  const strangers = messages.filter((part) => !all.includes(part));
  assert.deepEqual(strangers, []);
});
