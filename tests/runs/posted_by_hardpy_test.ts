import assert from "node:assert/strict";
import { compareBody } from "../../scripts/interop/compare_body.ts";
import type { PostedRun } from "../../scripts/interop/posted_runs.ts";
import { type Version, VERSIONS } from "../../scripts/interop/versions.ts";
import { type StoredForm, storedFormOf } from "../../src/runs/stored_form.ts";

const TESTDATA = new URL("../testdata/", import.meta.url);
const STANDS = ["0.24.0", "0.25.2"];

interface StandRun {
  readonly number: number;
  readonly history: string;
  readonly reports: readonly string[];
  readonly tempstore: readonly string[];
}

for (const version of VERSIONS) {
  Deno.test(`The body of a run that HardPy ${version.hardpy} posted is ours, but for named differences`, () => {
    const { body, stored }: PostedRun = readJson(
      `bodies/hardpy-${version.hardpy}.json`,
    );
    const forms = Object.entries(stored) as [StoredForm, string][];
    assert.ok(forms.length >= 1);
    for (const [form, text] of forms) {
      requireOurs(body, text, { form, version });
    }
  });
}

for (const hardpy of STANDS) {
  Deno.test(`Every body that a stand of HardPy ${hardpy} posted is ours, from each file of the run`, () => {
    const version: Version = { hardpy, generation: "D" };
    const { runs }: { runs: StandRun[] } = readJson(truthOf(hardpy, "runs"));
    const posted = read(`stands/hardpy-${hardpy}.truth/posted.jsonl`).trim()
      .split("\n").map((line) => JSON.parse(line));
    assert.ok(posted.length >= 10, `${posted.length} bodies`);
    for (const { run: number, body } of posted) {
      const run = runs.find((run) => run.number === number);
      assert.ok(run !== undefined);
      for (const [form, text] of documentsOf(run, hardpy)) {
        requireOurs(body, text, { form, version });
      }
    }
  });
}

/** The current record as this run left it, and the files that are still there. */
function documentsOf(run: StandRun, hardpy: string): [StoredForm, string][] {
  const folder = `stands/hardpy-${hardpy}/`;
  const record = truthOf(hardpy, `records/${pad(run.number)}`);
  const files: [StoredForm, string[]][] = [
    ["history", [run.history]],
    ["report", [...run.reports]],
    ["tempstore", [...run.tempstore]],
  ];
  return [
    ["record", read(record)],
    ...files.flatMap(([form, names]) =>
      names.map((name): [StoredForm, string] => [form, read(folder + name)])
    ),
  ];
}

function requireOurs(
  body: string,
  stored: string,
  from: { form: StoredForm; version: Version },
): void {
  assert.equal(storedFormOf(JSON.parse(stored)), from.form);
  const { finding } = compareBody(body, stored, from);
  assert.notEqual(
    finding.kind,
    "unexplained",
    `${from.form}: ${JSON.stringify(finding)}`,
  );
  // Only the record is stored under the names that HardPy posts.
  if (from.form === "record" && from.version.generation !== "C") {
    assert.deepEqual(finding, { kind: "same" });
  }
}

function truthOf(hardpy: string, name: string): string {
  return `stands/hardpy-${hardpy}.truth/${name}.json`;
}

function pad(number: number): string {
  return String(number).padStart(2, "0");
}

function readJson<T>(path: string): T {
  return JSON.parse(read(path));
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, TESTDATA));
}
