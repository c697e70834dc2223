import { AppError } from "../system/app_error.ts";
import { Secret } from "../system/secret.ts";

/**
 * The identities (secret keys) of an age key file.
 *
 * @throws `key_unreadable` when there is none.
 */
export function identitiesIn(path: string, text: string): Secret[] {
  const identities = text.split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => /^AGE-SECRET-KEY-(?:PQ-)?1[0-9A-Z]+$/.test(line))
    .map((line) => new Secret(line));
  if (identities.length > 0) return identities;
  throw keyUnreadable(path, "it holds no age identity (AGE-SECRET-KEY-1…)");
}

export function keyUnreadable(path: string, why: string): AppError {
  return new AppError("key_unreadable", `Cannot use key "${path}": ${why}`, {
    hints: ["make a key with: age-keygen -o PATH"],
  });
}
