import { AppError } from "../system/app_error.ts";
import type { CommonFlags } from "./flags.ts";
import { environmentKeys, STORED } from "../stand/given_keys.ts";
import type { CommandInput } from "./command_input.ts";
import type { Target } from "../stand/stand.ts";

// Used is the first of: a key of the environment, the stored login, a key of the
// files that name the address. These say so where one hides another.

/**
 * What logs this stand in to the address, first the one that is used. Nothing
 * where a key of the environment is refused: then nothing else is used either.
 *
 * @param isStored whether to name a stored login.
 */
export async function loginSources(
  { given }: Target,
  isStored: boolean,
): Promise<string[]> {
  if (given.refusal !== undefined) return [];
  return [
    ...given.environment,
    ...(isStored ? [{ name: STORED }] : []),
    ...await given.configured(),
  ].map(({ name }) => name);
}

/** ` instead of` those that are not used, or nothing. */
export function insteadOf(hidden: readonly string[]): string {
  return hidden.length === 0 ? "" : ` instead of ${hidden.join(" and ")}`;
}

/** Said with a login: what is used in its place, or because of it no longer. */
export async function noteShadowed(
  input: CommandInput<CommonFlags>,
  target: Target,
): Promise<void> {
  const [used, ...hidden] = await readableSources(target, true);
  if (hidden.length > 0) {
    const isSet = used === STORED ? "" : " is set and";
    input.output.note(`note: ${used}${isSet} is used${insteadOf(hidden)}`);
  }
  noteRefusal(input, target);
}

/** Says why a key of the environment is not sent to the address. */
export function noteRefusal(
  { output }: CommandInput<CommonFlags>,
  { given: { refusal } }: Target,
): void {
  if (refusal === undefined) return;
  output.note(`note: ${refusal.message}`);
  for (const hint of refusal.hints) output.note(`hint: ${hint}`);
}

/** Said before a logout. */
export function noteEnvironmentKey(
  { system, output }: CommandInput<CommonFlags>,
): void {
  const [used] = environmentKeys(system.environment);
  if (used === undefined) return;
  output.note(`note: ${used.name} is set and stays in use after the logout`);
}

/** Said after a logout: it may not have ended what the person thinks. */
export async function noteConfiguredKey(
  { output }: CommandInput<CommonFlags>,
  target: Target,
): Promise<void> {
  if (target.given.environment.length > 0) return;
  const [used, ...hidden] = await readableSources(target, false);
  if (used === undefined) return;
  output.note(`note: ${used} is used from now on${insteadOf(hidden)}`);
}

/** A file that cannot be read keeps nobody from logging in or out. */
async function readableSources(
  target: Target,
  isStored: boolean,
): Promise<string[]> {
  try {
    return await loginSources(target, isStored);
  } catch (error) {
    if (error instanceof AppError) return [];
    throw error;
  }
}
