import { join } from "node:path";
import { deno } from "./deno.ts";
import { cutPayload } from "./trailer.ts";
import type { Target } from "./targets.ts";

/** A blocked download must not hold a build for long; the answer is kept either way. */
const TIME_LIMIT_MS = 90_000;

/**
 * Deno's own denort, downloaded by Deno: an empty program is compiled and cut
 * again. Null where Deno's server cannot be reached.
 */
export async function fetchFromDeno(
  target: Target,
): Promise<Uint8Array<ArrayBuffer> | null> {
  const folder = await Deno.makeTempDir({ prefix: "denort-" });
  try {
    const program = join(folder, "program");
    await Deno.writeTextFile(join(folder, "empty.js"), "");
    const result = await deno(
      ["compile", "--quiet", "--target", target, "-o", program, "empty.js"],
      { cwd: folder, timeLimitMs: TIME_LIMIT_MS },
    );
    return result.success ? cutPayload(await Deno.readFile(program)) : null;
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
