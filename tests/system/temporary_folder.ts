import { join } from "node:path";

/** A folder (0700) that is gone, with all that is in it, when disposed. */
export interface TemporaryFolder extends AsyncDisposable {
  readonly path: string;
  /** The path of something in the folder. */
  at(...names: string[]): string;
}

export async function temporaryFolder(): Promise<TemporaryFolder> {
  const path = await Deno.makeTempDir({ prefix: "standcloud-test-" });
  return {
    path,
    at: (...names) => join(path, ...names),
    [Symbol.asyncDispose]: () => Deno.remove(path, { recursive: true }),
  };
}
