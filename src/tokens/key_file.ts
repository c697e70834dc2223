import { AppError } from "../system/app_error.ts";
import { Secret } from "../system/secret.ts";

/**
 * The identities (secret keys) of an age key file.
 *
 * @throws `key_unreadable` when there is none.
 */
export function identitiesIn(
  path: string,
  text: string,
  hint?: string,
): Secret[] {
  const identities = text.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/.test(line))
    .map((line) => new Secret(line));
  if (identities.length > 0) return identities;
  const why = "it holds no age identity (AGE-SECRET-KEY-1…)";
  throw keyUnreadable(path, why, hint);
}

export function keyUnreadable(
  path: string,
  why: string,
  hint = "make a key with: age-keygen -o PATH",
): AppError {
  return new AppError("key_unreadable", `Cannot use key "${path}": ${why}`, {
    hints: [hint],
  });
}
