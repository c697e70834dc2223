/** A script of `tests/system/children` that runs as a process of its own. */
export interface Child extends AsyncDisposable {
  /** The next line that it printed; undefined at its end. */
  line(): Promise<string | undefined>;
  kill(signal: Deno.Signal): void;
  readonly status: Promise<Deno.CommandStatus>;
}

export function startChild(
  script: string,
  options: {
    args?: string[];
    env?: Record<string, string>;
    /** For the runtime. */
    flags?: string[];
    /** How many files it may have open. */
    openFiles?: number;
  } = {},
): Child {
  const path = new URL(`children/${script}`, import.meta.url).href;
  const flags = ["-A", "--quiet", ...options.flags ?? []];
  const command = [Deno.execPath(), "run", ...flags, path];
  const { openFiles } = options;
  const [program = "", ...before] = openFiles === undefined
    ? command
    : ["/bin/sh", "-c", `ulimit -n ${openFiles}; exec "$@"`, "sh", ...command];
  const child = new Deno.Command(program, {
    args: [...before, ...options.args ?? []],
    env: options.env ?? {},
    stdin: "null",
    stdout: "piped",
  }).spawn();
  const lines = linesOf(child.stdout);
  return {
    line: async () => (await lines.next()).value,
    kill: (signal) => child.kill(signal),
    status: child.status,
    async [Symbol.asyncDispose]() {
      try {
        child.kill("SIGKILL");
      } catch {
        // It has ended.
      }
      await child.status;
      for await (const _ of lines);
    },
  };
}

async function* linesOf(
  stream: ReadableStream<Uint8Array>,
): AsyncGenerator<string, undefined> {
  let rest = "";
  const decoder = new TextDecoder();
  for await (const bytes of stream) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  return undefined;
}
