export type Log = (line: string) => void;

/** What a script reports, one line each; a program's own `console` stays linted away. */
export function say(line: string): void {
  const bytes = new TextEncoder().encode(`${line}\n`);
  for (let sent = 0; sent < bytes.length;) {
    sent += Deno.stdout.writeSync(bytes.subarray(sent));
  }
}

/** Says on stderr what went wrong, the way the program itself does. */
export function complain(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  Deno.stderr.writeSync(new TextEncoder().encode(`error: ${message}\n`));
}

export function fail(error: unknown): never {
  complain(error);
  Deno.exit(1);
}
