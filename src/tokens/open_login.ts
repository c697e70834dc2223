import { AppError, messageOf } from "../system/app_error.ts";
import { BOX_PROBLEMS, boxProblem } from "./box_problem.ts";
import type { KeySource } from "./key_source.ts";

/** The text of a login that was opened. */
export interface OpenedLogin {
  readonly text: string;
  readonly keyName: string;
}

/** @throws `login_unreadable` when no key at hand opens it. */
export async function openLoginBox(
  path: string,
  box: Uint8Array,
  keys: KeySource,
): Promise<OpenedLogin> {
  const form = boxProblem(box);
  if (form !== undefined) throw damagedLogin(path, BOX_PROBLEMS[form]);
  // Loaded here: who only asks what a login is does without.
  const { openBox } = await import("./age_box.ts");
  const key = await keys.key();
  let problem = `the key that opens it, "${keys.name}", is missing`;
  try {
    if (key !== undefined) {
      return { text: await openBox(box, key), keyName: keys.name };
    }
  } catch (error) {
    if (error instanceof AppError) throw error;
    const why = messageOf(error);
    problem = `"${keys.name}" does not open it, or it is damaged (${why})`;
  }
  // It may have been sealed before another key was given.
  for (const other of await keys.others()) {
    const text = await openBox(box, other.key).catch(() => undefined);
    if (text !== undefined) return { text, keyName: other.name };
  }
  throw damagedLogin(path, problem, [
    "give the key or passphrase it was sealed with: STANDCLOUD_KEY_FILE, STANDCLOUD_PASSPHRASE",
  ]);
}

export function damagedLogin(
  path: string,
  why: string,
  hints: readonly string[] = [],
): AppError {
  return new AppError(
    "login_unreadable",
    `Cannot read the stored login "${path}": ${why}`,
    {
      hints: [
        ...hints,
        "log in again, which replaces it: standcloud sc-login",
      ],
    },
  );
}
