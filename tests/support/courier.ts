import { join } from "node:path";
import { runFile } from "./runs.ts";
import { setLoggedInStage, type Stage, type StageOptions } from "./stage.ts";
import type { ProgramResult } from "./running_program.ts";

/** A connected PC with a sandbox, and a stand that has only its home. */
export interface CourierStage extends AsyncDisposable {
  readonly pc: Stage;
  /** On the stand, which knows the address of the PC's StandCloud. */
  stand(...args: string[]): Promise<ProgramResult>;
  path(...names: string[]): string;
}

export async function setCourierStage(
  options: StageOptions = {},
): Promise<CourierStage> {
  const pc = await setLoggedInStage(options);
  const home = pc.folder.join("stand");
  await Deno.mkdir(home, { mode: 0o700 });
  return {
    pc,
    stand: (...args) => pc.run(args, { home }),
    path: (...names) => pc.folder.join(...names),
    [Symbol.asyncDispose]: () => pc[Symbol.asyncDispose](),
  };
}

/** The same; the stand has exported three runs to `b.zip`. */
export async function setExportedStage(): Promise<CourierStage> {
  const stage = await setCourierStage();
  await writeRuns(stage.path("runs"), 3);
  await stage.stand(
    "upload",
    "--export",
    stage.path("b.zip"),
    stage.path("runs"),
  );
  return stage;
}

/** A folder of so many different runs, each with a serial number of its own. */
export async function writeRuns(folder: string, count: number): Promise<void> {
  await Deno.mkdir(folder, { recursive: true });
  const text = await Deno.readTextFile(runFile("minimum.jsonloader"));
  for (let index = 0; index < count; index++) {
    const run = JSON.parse(text);
    run.dut.serial_number = serial(index);
    await Deno.writeTextFile(
      join(folder, `${index}.json`),
      JSON.stringify(run),
    );
  }
}

export function serial(index: number): string {
  return `SN-${String(index).padStart(4, "0")}`;
}

/** What the sandbox has, byte for byte, sorted. */
export function arrived({ sandbox }: Stage): string[] {
  return sandbox.reports.map(({ text }) => text).sort();
}
