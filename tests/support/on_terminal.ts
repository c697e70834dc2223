import type { Terminal } from "../../src/system/terminal.ts";
import type { Stage } from "./stage.ts";

/** What a command prints on a terminal. */
export async function onTerminal(
  stage: Pick<Stage, "run">,
  args: string[],
): Promise<{ code: number; text: string }> {
  let text = "";
  const terminal: Terminal = {
    stdoutIsTerminal: true,
    stderrIsTerminal: false,
    knowsCodes: true,
    columns: undefined,
    stdinIsTerminal: false,
    writeStdout: (written) => void (text += written),
    writeStderr: (written) => void (text += written),
    readStdin: () => Promise.reject(new Error("stdin was read")),
    async *lines() {},
    askSecret: () => Promise.reject(new Error("a secret was asked for")),
  };
  const { code } = await stage.run(args, { system: { terminal } });
  return { code, text };
}
