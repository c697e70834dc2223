import { dirname } from "node:path";
import { AppError } from "./app_error.ts";

/** Told, in a sentence, that others can read a secret. */
export type ExposureNotice = (message: string) => void;

interface FileOwner {
  readonly mode: number;
  readonly uid: number;
}

const OTHERS_WRITE = 0o022;
const OTHERS_READ = 0o004;

/**
 * Looks at an open file that a person gave and that holds a secret. A group may
 * read it: so a service manager hands secrets over. Windows shows no modes.
 *
 * @throws `store_unsafe` where another user could have changed it.
 */
export function checkSecretFile(
  path: string,
  { mode, uid }: FileOwner,
  onExposed: ExposureNotice,
): void {
  if (Deno.build.os === "windows") return;
  if (uid !== Deno.uid() && uid !== 0) {
    throw unsafe(path, "it belongs to another user", "use a copy of your own");
  }
  if ((mode & OTHERS_WRITE) !== 0) {
    throw unsafe(
      path,
      "other users of this machine may change it",
      `check its content, then run: chmod 600 "${path}"`,
    );
  }
  if ((mode & OTHERS_READ) === 0) return;
  onExposed(
    `other users of this machine may read "${path}"; run: chmod 600 "${path}"`,
  );
}

function unsafe(path: string, why: string, hint: string): AppError {
  return new AppError("store_unsafe", `Refusing to use "${path}": ${why}`, {
    hints: [hint],
  });
}

const STICKY = 0o1000;

/**
 * How other users could get at a secret in a file that is not only for it, such
 * as settings; undefined where they cannot. A group may read it.
 */
export async function exposureOf(path: string): Promise<string | undefined> {
  if (Deno.build.os === "windows") return undefined;
  const { mode } = await Deno.stat(path);
  const bits = mode ?? 0;
  if ((bits & (OTHERS_WRITE | OTHERS_READ)) !== 0) {
    const what = (bits & OTHERS_WRITE) !== 0 ? "change" : "read";
    return `other users of this machine may ${what} "${path}", which holds an API key; run: chmod 600 "${path}"`;
  }
  const folder = dirname(path);
  const above = (await Deno.stat(folder)).mode ?? 0;
  if ((above & OTHERS_WRITE) === 0 || (above & STICKY) !== 0) return undefined;
  return `other users of this machine may replace "${path}", which holds an API key; run: chmod go-w "${folder}"`;
}

/** A file is read for each login, and told of once. */
export function onceEach(warn: ExposureNotice): ExposureNotice {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) warn(message);
    told.add(message);
  };
}
