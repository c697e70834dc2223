import { checkHealth, healthProblem } from "../standcloud/health.ts";
import type { Service } from "../standcloud/service.ts";
import type { BearerSource } from "../tokens/bearer.ts";
import { withBearer } from "../tokens/with_bearer.ts";

/**
 * Tests the connection with the stored login, renewing it when needed.
 *
 * @returns the HTTP status of the good answer.
 * @throws `not_logged_in`, `login_ended`, `unreachable`, `not_standcloud`, …
 */
export async function checkConnection(
  service: Service,
  bearer: BearerSource,
  signal: AbortSignal,
): Promise<number> {
  const health = await withBearer(
    bearer,
    (token) => checkHealth(service, token, signal),
    ({ state }) => state === "login_required",
  );
  if (health.state === "ok") return health.status;
  throw healthProblem(service, health, bearer.flow?.());
}
