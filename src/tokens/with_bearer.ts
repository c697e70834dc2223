import type { Secret } from "../system/secret.ts";
import type { BearerSource } from "./bearer.ts";

/**
 * Asks the service with the stand's token. A token that the service refuses,
 * although it looks good (revoked, or a clock that is wrong), is renewed once.
 *
 * @returns the last answer, which may still be a refusal.
 * @throws `not_logged_in`, `login_ended`, …
 */
export async function withBearer<Answer>(
  bearer: BearerSource,
  ask: (token: Secret) => Promise<Answer>,
  isRefused: (answer: Answer) => boolean,
): Promise<Answer> {
  const token = await bearer();
  const answer = await ask(token);
  return isRefused(answer) ? await ask(await bearer(token)) : answer;
}
