import type { Typed } from "./run_program.ts";

/** A person at the terminal who types when the test says so. */
export interface Typing {
  readonly typed: Typed;
  type(line: string): void;
}

export function typing(): Typing {
  const { readable, writable } = new TransformStream<string, string>(
    undefined,
    { highWaterMark: 100 },
    { highWaterMark: 100 },
  );
  const writer = writable.getWriter();
  return {
    typed: { lines: () => readable },
    type: (line) => void writer.write(line),
  };
}
