import { run } from "../../src/cli/run.ts";
import { fakeSystem, type Variables } from "../system/fake_system.ts";
import { checkedEvent } from "../support/checked_event.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

export interface Outcome {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program on a stand without logins, files, network or screen. */
export async function runEmpty(
  args: readonly string[],
  variables: Variables = {},
): Promise<Outcome> {
  await using folder = await TemporaryFolder.make();
  const system = fakeSystem(folder.path, { variables });
  const exitCode = await run(args, system);
  return {
    exitCode,
    stdout: system.terminal.stdout(),
    stderr: system.terminal.stderr(),
  };
}

/** The objects of `--json`, one a line. */
export function eventsOf(stdout: string): Record<string, unknown>[] {
  return stdout.split("\n").slice(0, -1)
    .map((line) => checkedEvent(JSON.parse(line)));
}
