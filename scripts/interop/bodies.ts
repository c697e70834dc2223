/**
 * Lets each HardPy make runs and post them with its own StandCloudLoader, and compares each body
 * with the one that we send for what HardPy stored of the run:
 * `sh scripts/deno run -A scripts/interop/bodies.ts [RUNS]`, RUNS of each version.
 */
import type { StoredForm } from "../../src/runs/stored_form.ts";
import { fromRoot } from "../compile/paths.ts";
import { fail, say } from "../compile/say.ts";
import { BODY_CAUSES } from "./body_causes.ts";
import { type BodyComparison, compareBody } from "./compare_body.ts";
import { type PostedRun, postedRuns } from "./posted_runs.ts";
import { agreement, namesIn } from "./report.ts";
import { type Version, VERSIONS } from "./versions.ts";

const RUNS = 24;
/** The result is saved for the test that runs without PyPI. */
const KEPT = "tests/testdata/bodies";
const KEPT_RUN = 4;

interface BodyResult {
  readonly version: Version;
  readonly runs: readonly PostedRun[];
  readonly comparisons: readonly BodyComparison[];
}

/** The figures, a line each. Throws if a difference has no name. */
export async function bodies(
  count = RUNS,
  { isRecorded = false }: { isRecorded?: boolean } = {},
): Promise<string[]> {
  const results: BodyResult[] = [];
  for (const version of VERSIONS) {
    const runs = await postedRuns(version.hardpy, count);
    const comparisons = runs.flatMap((run) => comparisonsOf(run, version));
    results.push({ version, runs, comparisons });
    if (isRecorded) await keep(version, runs[KEPT_RUN]);
  }
  const lines = linesOf(results);
  const mistakes = results.flatMap(({ version, comparisons }) =>
    comparisons.flatMap(({ finding }) =>
      finding.kind === "unexplained"
        ? [`HardPy ${version.hardpy}: ${finding.what}`]
        : []
    )
  );
  if (mistakes.length > 0) throw new Error([...lines, ...mistakes].join("\n"));
  return lines;
}

function comparisonsOf(
  { body, stored }: PostedRun,
  version: Version,
): BodyComparison[] {
  return Object.entries(stored).map(([form, text]) =>
    compareBody(body, text, { form: form as StoredForm, version })
  );
}

function linesOf(results: readonly BodyResult[]): string[] {
  const bodies = results.reduce((sum, { runs }) => sum + runs.length, 0);
  const all = results.flatMap(({ comparisons }) => comparisons);
  const spelled = all.reduce((sum, { spelled }) => sum + spelled, 0);
  const seen = namesIn(all.map(({ finding }) => finding));
  return [
    `${bodies} bodies that HardPy posted, beside ours of what it stored:`,
    ...results.flatMap(linesOfVersion),
    `  ${spelled} numbers are spelled otherwise`,
    "Differences in the body that are meant:",
    ...BODY_CAUSES.filter(({ name }) => seen.has(name))
      .map(({ name, reason }) => `  ${name}: ${reason}`),
  ];
}

function linesOfVersion({ version, comparisons }: BodyResult): string[] {
  const forms = new Set(comparisons.map(({ form }) => form));
  return [...forms].map((form) => {
    const findings = comparisons.filter((one) => one.form === form)
      .map(({ finding }) => finding);
    return `  HardPy ${version.hardpy}, ${form}: ${agreement(findings)}`;
  });
}

async function keep(
  { hardpy }: Version,
  run: PostedRun | undefined,
): Promise<void> {
  if (run === undefined) return;
  await Deno.mkdir(fromRoot(KEPT), { recursive: true });
  const file = fromRoot(`${KEPT}/hardpy-${hardpy}.json`);
  await Deno.writeTextFile(file, `${JSON.stringify(run, null, 1)}\n`);
}

if (import.meta.main) {
  const count = Number(Deno.args[0] ?? RUNS);
  await bodies(count).then((lines) => lines.forEach(say)).catch(fail);
}
