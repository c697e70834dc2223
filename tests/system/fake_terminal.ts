import type { Terminal } from "../../src/system/terminal.ts";

/** Keeps what is written; stdin is given beforehand. */
export interface FakeTerminal extends Terminal {
  stdout(): string;
  stderr(): string;
}

export function fakeTerminal(stdin = ""): FakeTerminal {
  const written = { stdout: "", stderr: "" };
  return {
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    knowsCodes: true,
    columns: undefined,
    stdinIsTerminal: false,
    writeStdout: (text) => void (written.stdout += text),
    writeStderr: (text) => void (written.stderr += text),
    readStdin: (limit) =>
      Promise.resolve(new TextEncoder().encode(stdin).subarray(0, limit + 1)),
    async *lines() {},
    askSecret: () => Promise.reject(new Error("askSecret() was not prepared")),
    stdout: () => written.stdout,
    stderr: () => written.stderr,
  };
}
