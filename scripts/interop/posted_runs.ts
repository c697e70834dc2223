import type { StoredForm } from "../../src/runs/stored_form.ts";
import { fromRoot } from "../compile/paths.ts";
import { pythonWith, run } from "./environment.ts";

/** A run that HardPy made, stored, and posted. */
export interface PostedRun {
  readonly run: number;
  /** As it arrived. */
  readonly body: string;
  /** The documents that HardPy left of the run, as text. */
  readonly stored: Readonly<Partial<Record<StoredForm, string>>>;
}

/** Lets a HardPy run a plan of drawn test cases, and post each report with its own loader. */
export async function postedRuns(
  hardpy: string,
  count: number,
): Promise<PostedRun[]> {
  const python = await pythonWith(hardpy);
  const script = fromRoot("scripts/interop/post_runs.py");
  const env = { "PYTHONDONTWRITEBYTECODE": "1" };
  const output = await run(python, [script, String(count)], { env });
  return output.trimEnd().split("\n").map((line) => JSON.parse(line));
}
