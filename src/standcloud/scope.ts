/** What every login is asked for. */
export const SCOPE = "offline_access authelia.bearer.authz";

/** The words of `SCOPE` that the server has not granted. */
export function missingScope(granted: string): string[] {
  const words = granted.split(" ");
  return SCOPE.split(" ").filter((word) => !words.includes(word));
}
