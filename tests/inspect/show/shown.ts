import { describeRun } from "../../../src/inspect/show/describe_run.ts";
import { runPage } from "../../../src/inspect/show/html/page.ts";
import { type Paint, plain } from "../../../src/inspect/show/text/paint.ts";
import { runText } from "../../../src/inspect/show/text/run_text.ts";
import type { RunView } from "../../../src/inspect/show/view.ts";
import { cleanLine } from "../../../src/cli/clean.ts";
import { Lines } from "../../../src/runs/json/lines.ts";
import { rootOf } from "../../../src/runs/json/slices.ts";
import { fieldsOf } from "../../../src/runs/values.ts";
import { Run } from "../../../src/runs/run.ts";

/** A run as `show` sees it, from its JSON. */
export function viewOf(json: string, source = "run.json"): RunView {
  const value = fieldsOf(JSON.parse(json));
  const run = new Run(new Lines(json), rootOf(json), { value });
  return describeRun(run, { source, digest: "d1", clean: cleanLine });
}

/** The lines of `show`. */
export function textOf(
  json: string,
  { all = false, paint = plain }: { all?: boolean; paint?: Paint } = {},
): string[] {
  return runText(viewOf(json), { all, paint });
}

/** The page of `show --html`. */
export function pageOf(json: string, all = false): Promise<string> {
  return runPage([viewOf(json)], { all, hidden: 0 });
}

/** A document with one case; `parts` go into the case, `rest` into the run. */
export function runWith(parts: object, rest: object = {}): string {
  const testCase = { status: "passed", name: "Case", ...parts };
  return JSON.stringify({
    status: "passed",
    "start_time": 1795354800,
    "stop_time": 1795354865,
    name: "Run",
    modules: {
      "test_m": {
        status: "passed",
        name: "Module",
        cases: { "test_c": testCase },
      },
    },
    ...rest,
  });
}

// deno-lint-ignore no-control-regex -- the colours of a terminal
const COLOUR = /\x1b\[[\d;]*m/g;

/** What is left when the colours are gone. */
export function uncoloured(text: string): string {
  return text.replace(COLOUR, "");
}
