import { AppError } from "../system/app_error.ts";
import type { NamedKey } from "../tokens/bearer.ts";
import type { CommonFlags } from "./flags.ts";
import type { CommandInput, Session } from "./session.ts";

// Used is the first of: STANDCLOUD_API_KEY, the stored login, the api_key of a
// hardpy.toml. These say so where one hides another.

/** Said with a login: what is used in its place, or because of it no longer. */
export async function noteShadowed(
  input: CommandInput<CommonFlags>,
  session: Session,
): Promise<void> {
  const configured = await keyOf(session);
  if (hasEnvironmentKey(input)) {
    const others = configured === undefined ? "" : ` and ${configured.name}`;
    input.output.note(
      `note: STANDCLOUD_API_KEY is set and is used instead of the stored login${others}`,
    );
  } else if (configured !== undefined) {
    input.output.note(
      `note: the stored login is used instead of ${configured.name}`,
    );
  }
}

/** Said before a logout. */
export function noteEnvironmentKey(input: CommandInput<CommonFlags>): void {
  if (!hasEnvironmentKey(input)) return;
  input.output.note(
    "note: STANDCLOUD_API_KEY is set and stays in use after the logout",
  );
}

/** Said after a logout: it may not have ended what the person thinks. */
export async function noteConfiguredKey(
  input: CommandInput<CommonFlags>,
  session: Session,
): Promise<void> {
  const configured = await keyOf(session);
  if (configured === undefined || hasEnvironmentKey(input)) return;
  input.output.note(`note: ${configured.name} is used from now on`);
}

function hasEnvironmentKey({ system }: CommandInput<CommonFlags>): boolean {
  return system.environment.secret("STANDCLOUD_API_KEY") !== undefined;
}

/** A hardpy.toml that cannot be read keeps nobody from logging in or out. */
async function keyOf(session: Session): Promise<NamedKey | undefined> {
  try {
    return await session.configuredKey();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
