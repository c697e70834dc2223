import { checkedEvent } from "./checked_event.ts";

/** How a run of the program ended, and all that it printed. */
export interface ProgramResult {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A run of the program that has begun, in this process or as one of its own. */
export interface RunningProgram {
  readonly result: Promise<ProgramResult>;
  readonly output: Output;
}

/** The text that a program has printed so far. */
export class Output {
  stdout = "";
  stderr = "";
  #ended = false;
  readonly #watchers = new Set<() => void>();

  add(stream: "stdout" | "stderr", text: string): void {
    this[stream] += text;
    for (const check of this.#watchers) check();
  }

  /** Nothing more will come: who waits for a text learns that it is missing. */
  end(): void {
    this.#ended = true;
    for (const check of this.#watchers) check();
  }

  /** What the pattern's first group finds, as soon as it was printed. */
  find(pattern: RegExp): Promise<string> {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    const check = () => {
      const found = pattern.exec(`${this.stdout}\n${this.stderr}`)?.[1];
      if (found === undefined && !this.#ended) return;
      this.#watchers.delete(check);
      if (found !== undefined) resolve(found);
      else {
        const text = `${this.stdout}${this.stderr}`;
        reject(new Error(`The program ended without ${pattern}:\n${text}`));
      }
    };
    this.#watchers.add(check);
    check();
    return promise;
  }
}

/** The authorization URL that a login prints, as text or as an event. */
export function authorizationUrl({ output }: RunningProgram): Promise<string> {
  return output.find(
    /(https?:\/\/[^\s"]+\?[^\s"]*request_uri=[^\s"]+)(?=["\n])/,
  );
}

/** The objects of the `--json` stream; anything else on stdout is an error. */
export function eventsOf(
  { stdout }: Pick<ProgramResult, "stdout">,
): Record<string, unknown>[] {
  return stdout.split("\n").filter((line) => line !== "")
    .map((line) => checkedEvent(JSON.parse(line)));
}
