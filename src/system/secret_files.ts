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

/** A file is read for each login, and told of once. */
export function onceEach(warn: ExposureNotice): ExposureNotice {
  const told = new Set<string>();
  return (message) => {
    if (!told.has(message)) warn(message);
    told.add(message);
  };
}
