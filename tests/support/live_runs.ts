import { deepStrictEqual as equal } from "node:assert/strict";
import type { RunningProgram } from "./running_program.ts";
import type { InProcessRun } from "./run_program.ts";
import { runFile } from "./runs.ts";
import type { Stage } from "./stage.ts";

/** A run that has passed, as HardPy records it. */
export const RUN = JSON.parse(
  await Deno.readTextFile(runFile("minimum.runstore")),
);
/** An upload that does not wait for the network. */
export const JSON_RUN = ["upload", "--json", "--retry-for", "0"];

/** The folder of the test plan. */
export const planOf = (stage: Stage): string => stage.folder.join("plan");

/** HardPy's next run takes the place of the last one. */
export async function finish(
  stage: Stage,
  serial: string,
  changes: Record<string, unknown> = {},
): Promise<string> {
  const folder = `${planOf(stage)}/.hardpy/storage/runstore`;
  await Deno.mkdir(folder, { recursive: true });
  const path = `${folder}/current.json`;
  const run = {
    ...RUN,
    ...changes,
    dut: { ...RUN.dut, "serial_number": serial },
  };
  await Deno.writeTextFile(path, JSON.stringify(run));
  return path;
}

/** The same, a minute ago: HardPy does not add to the run any more, and nobody waits for that. */
export async function finishBefore(
  ...run: Parameters<typeof finish>
): Promise<string> {
  const path = await finish(...run);
  await Deno.utime(path, new Date(), new Date(Date.now() - 60_000));
  return path;
}

/** Uploads what is there while the network is cut. */
export async function sendInVain(stage: Stage, path: string): Promise<void> {
  stage.sandbox.setReachable(false);
  equal((await stage.run([...JSON_RUN, path])).code, 6);
  stage.sandbox.setReachable(true);
}

/** Of what StandCloud has, in the order of their coming. */
export function serials({ sandbox }: Stage): string[] {
  return sandbox.reports.map(({ text }) => JSON.parse(text).dut.serial_number);
}

/** Does the work while a service sends what comes into the plan. */
export async function whileWatching(
  stage: Stage,
  work: (program: RunningProgram) => Promise<void>,
  ...flags: readonly string[]
): Promise<void> {
  const args = ["upload", "--watch", ...flags, planOf(stage)];
  const program = await stage.start(args);
  try {
    await work(program);
  } finally {
    (program as InProcessRun).interrupt();
    await program.result;
  }
}
