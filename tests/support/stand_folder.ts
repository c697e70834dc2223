import { join } from "node:path";
import { fromRoot } from "../../scripts/compile/paths.ts";
import type { Stage } from "./stage.ts";

/** One start of HardPy on the stand, and the files that hold it. */
export interface StandRun {
  readonly number: number;
  readonly plan: string;
  readonly status: string;
  /** False for a start that HardPy refused. */
  readonly isRun: boolean;
  readonly start: number | null;
  /** What the service of HardPy's autosync did; `fails`: it answered the POST with 500. */
  readonly service: string | null;
  readonly history: string;
  readonly reports: readonly string[];
  readonly tempstore: readonly string[];
  readonly serialNumber: string | null;
}

/** The folder that a stand of HardPy leaves after 32 starts. */
export class StandFolder {
  readonly path: string;
  readonly record = ".hardpy/storage/runstore/localhost_8000.json";
  readonly runs: readonly StandRun[];
  readonly #truth: string;

  constructor(version: string) {
    this.path = fromRoot(`tests/testdata/stands/hardpy-${version}`);
    this.#truth = `${this.path}.truth`;
    const text = Deno.readTextFileSync(join(this.#truth, "runs.json"));
    this.runs = JSON.parse(text).runs;
  }

  /** HardPy's record as it was when the run had ended. */
  recordOf({ number }: StandRun): string {
    const name = `${String(number).padStart(2, "0")}.json`;
    return join(this.#truth, "records", name);
  }

  /**
   * The runs that StandCloud must have, each by its plan, start and serial
   * number. The plan `bare` names neither part nor stand: its runs are held,
   * unless HardPy has put "unknown" there. The plan `two_reports` writes two different reports of one run,
   * which nothing tells from the reports of two runs.
   */
  expected({ fillUnknown = false } = {}): string[] {
    return this.runs
      .filter(({ isRun, plan, service }) =>
        isRun && (plan !== "bare" || service === "fails" || fillUnknown)
      )
      .flatMap((run) => run.plan === "two_reports" ? [run, run] : [run])
      .map(({ start, serialNumber }) => `${start} ${serialNumber}`)
      .sort();
  }
}

/** What StandCloud has, in the words of `StandFolder.expected`. */
export function sentRuns({ sandbox }: Stage): string[] {
  return sandbox.reports.map(({ text }) => {
    const { start_time: start, dut } = JSON.parse(text);
    return `${start} ${dut.serial_number}`;
  }).sort();
}
