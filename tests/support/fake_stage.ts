import { type FakeService, startFakeService } from "./fake_service.ts";
import { type LoginContent, loginContent, writeLogin } from "./login_file.ts";
import {
  type InProcessRun,
  type ProgramOptions,
  startProgram,
} from "./run_program.ts";
import type { ProgramResult } from "./running_program.ts";
import { TemporaryFolder } from "./temporary_folder.ts";

/** A stand that is logged in to a fake service. */
export interface FakeStage extends AsyncDisposable {
  readonly service: FakeService;
  readonly folder: TemporaryFolder;
  readonly home: string;
  start(args: string[], options?: Partial<ProgramOptions>): InProcessRun;
  run(
    args: string[],
    options?: Partial<ProgramOptions>,
  ): Promise<ProgramResult>;
}

/** @param changes to a login that is good for an hour. */
export async function setFakeStage(
  changes: LoginContent = {},
): Promise<FakeStage> {
  await using resources = new AsyncDisposableStack();
  const service = resources.use(startFakeService());
  const folder = resources.use(await TemporaryFolder.make());
  const { address } = service;
  const home = folder.join("home");
  await Deno.mkdir(home, { mode: 0o700 });
  await writeLogin(home, address, loginContent(address, changes));
  const start: FakeStage["start"] = (args, { env, ...more } = {}) =>
    startProgram(args, {
      home,
      env: { STANDCLOUD_ADDRESS: address, ...env },
      ...more,
    });
  const owned = resources.move();
  return {
    service,
    folder,
    home,
    start,
    run: (args, more) => start(args, more).result,
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
