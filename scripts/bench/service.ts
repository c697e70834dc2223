import { fromRoot } from "../compile/paths.ts";

/** A script of ours that runs as a process of its own until it is disposed of. */
export interface Service extends AsyncDisposable {
  /** The JSON object that it printed when it was ready. */
  readonly announcement: Record<string, unknown>;
}

/** Starts a script that prints one JSON line when it is ready, and ends on SIGTERM. */
export async function startService(
  script: string,
  args: readonly string[],
): Promise<Service> {
  const child = new Deno.Command(Deno.execPath(), {
    args: ["run", "-A", fromRoot(script), ...args],
    cwd: fromRoot("./"),
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const [line] = await firstLine(child.stdout);
  if (line === undefined) {
    const { code } = await child.status;
    throw new Error(`${script} ended with ${code} before it was ready`);
  }
  return {
    announcement: JSON.parse(line),
    [Symbol.asyncDispose]: async () => {
      child.kill("SIGTERM");
      await child.status;
    },
  };
}

/** The rest of the output is read and dropped: a full pipe would stop the writer. */
async function firstLine(
  stdout: ReadableStream<Uint8Array>,
): Promise<[string | undefined]> {
  const { promise, resolve } = Promise.withResolvers<[string | undefined]>();
  let text = "";
  stdout.pipeThrough(new TextDecoderStream()).pipeTo(
    new WritableStream({
      write(part) {
        if (text.includes("\n")) return;
        text += part;
        if (text.includes("\n")) resolve([text.slice(0, text.indexOf("\n"))]);
      },
      close: () => resolve([undefined]),
    }),
  ).catch(() => resolve([undefined]));
  return await promise;
}
