import { checkHealth, healthProblem } from "../standcloud/health.ts";
import type { Service } from "../standcloud/service.ts";
import type { BearerSource } from "../tokens/bearer.ts";

/**
 * Tests the connection with the stored login, renewing it when needed. A token
 * that the server refuses although it looks good (revoked, or a clock that is
 * wrong) is renewed once.
 *
 * @returns the HTTP status of the good answer.
 * @throws `not_logged_in`, `login_ended`, `unreachable`, `not_standcloud`, …
 */
export async function checkConnection(
  service: Service,
  bearer: BearerSource,
  signal: AbortSignal,
): Promise<number> {
  const token = await bearer();
  let health = await checkHealth(service, token, signal);
  if (health.state === "login_required") {
    health = await checkHealth(service, await bearer(token), signal);
  }
  if (health.state === "ok") return health.status;
  throw healthProblem(service, health);
}
