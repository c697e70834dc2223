import assert from "node:assert/strict";
import { findingLines } from "../../src/cli/finding_text.ts";
import {
  type Validated,
  validateRuns,
  type Validation,
} from "../../src/inspect/validate_runs.ts";
import { fromRoot } from "../../scripts/compile/paths.ts";
import type { RunSource } from "../../src/runs/examine.ts";
import { fakeClock } from "../system/fake_clock.ts";
import { fakeSystem } from "../system/fake_system.ts";
import { runWith } from "../runs/rules/sound_runs.ts";

const RUNS = "tests/testdata/runs";
/** After all of the documents. */
const NOW = new Date("2027-01-01T00:00:00Z");

function fileSource(name: string): RunSource {
  const read = async () => ({ bytes: await Deno.readFile(fromRoot(name)) });
  return { name, read };
}

function textSource(name: string, text: string): RunSource {
  const bytes = new TextEncoder().encode(text);
  return { name, read: () => Promise.resolve({ bytes }) };
}

async function validate(
  sources: readonly RunSource[],
  isStrict = false,
): Promise<{ documents: Validated[]; result: Validation }> {
  const documents: Validated[] = [];
  const system = { ...fakeSystem("unused"), clock: fakeClock(NOW) };
  const result = await validateRuns(system, {
    sources,
    isStrict,
    withDigest: true,
    onDiskFault: (reason) => {
      throw new Error(reason);
    },
    onDocument: (document) => void documents.push(document),
  });
  return { documents, result };
}

/** The text kept in the file; rewritten first when `UPDATE_GOLDEN` is set. */
async function golden(name: string, text: string): Promise<string> {
  const path = fromRoot(`tests/testdata/findings/${name}`);
  if (Deno.env.get("UPDATE_GOLDEN") === "1") {
    await Deno.mkdir(path.slice(0, path.lastIndexOf("/")), { recursive: true });
    await Deno.writeTextFile(path, text);
  }
  return await Deno.readTextFile(path).catch(() => "");
}

for await (const folder of Deno.readDir(fromRoot(RUNS))) {
  for await (const file of Deno.readDir(fromRoot(`${RUNS}/${folder.name}`))) {
    const name = `${folder.name}/${file.name}`;
    Deno.test(`validateRuns() finds in ${name} what findings/ says`, async () => {
      const { documents } = await validate([fileSource(`${RUNS}/${name}`)]);
      const lines = documents.flatMap((document) => [
        `${document.outcome} ${document.digest}`,
        ...findingLines(document, { showAll: true }),
      ]);
      const text = `${lines.join("\n")}\n`;
      assert.equal(text, await golden(name.replace(/json$/, "txt"), text));
    });
  }
}

for (
  const [one, other] of [
    [
      "13_raw_runstore_jsonstorage_0.22.1",
      "15_tempstore_jsonstorage_0.22.1",
    ],
    ["07_failed_wire_0.16", "17_jsonloader_report_0.22.1"],
  ]
) {
  Deno.test(`validateRuns() gives ${one} and ${other} one digest`, async () => {
    const { documents } = await validate(
      [one, other].map((name) => fileSource(`${RUNS}/samples/${name}.json`)),
    );
    const [first, second] = documents.map(({ digest }) => digest);
    assert.match(first ?? "", /^[0-9a-f]{64}$/);
    assert.equal(first, second);
  });
}

const SERIAL = { at: "/dut/serial_number", json: "null" };
const UNKNOWN = { at: "/dut/part_number", json: '"unknown"' };
const MISSING = { at: "/dut/part_number", json: "null" };

Deno.test("validateRuns() takes a run with warnings, unless it is strict", async () => {
  const source = textSource("a.json", runWith(SERIAL).text);
  const { documents, result } = await validate([source]);
  assert.equal(documents[0]?.outcome, "valid");
  assert.deepEqual(result.findings, { error: 0, warning: 1, info: 0 });
  const strict = await validate([source], true);
  assert.equal(strict.documents[0]?.outcome, "invalid");
  assert.deepEqual(strict.result.findings, { error: 1, warning: 0, info: 0 });
});

Deno.test("validateRuns() expects 422 only where a mandatory field is missing", async () => {
  const missing = textSource("a.json", runWith(MISSING).text);
  const unknown = textSource("b.json", runWith(UNKNOWN).text);
  const { documents } = await validate([missing, unknown], true);
  assert.deepEqual(
    documents.map(({ outcome, expectedStatus }) => [outcome, expectedStatus]),
    [["invalid", 422], ["invalid", null]],
  );
});

Deno.test("validateRuns() counts documents, bytes and what it could not read", async () => {
  const { text } = runWith(SERIAL);
  const { documents, result } = await validate([
    textSource("a.json", text),
    { name: "b.json", read: () => Promise.resolve({ reason: "gone" }) },
    textSource("c.json", "[1]"),
  ]);
  assert.deepEqual(documents.map(({ source, outcome }) => [source, outcome]), [
    ["a.json", "valid"],
    ["b.json", "invalid"],
    ["c.json", "invalid"],
  ]);
  assert.deepEqual(result.counts, { valid: 1, invalid: 2 });
  assert.equal(result.unreadable, 1);
  assert.equal(result.bytes, text.length + 3);
});
