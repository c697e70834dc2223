import { loginNotAccepted } from "../standcloud/connection_error.ts";
import type { Service } from "../standcloud/service.ts";
import type { Secret } from "../system/secret.ts";
import type { BearerSource } from "./bearer.ts";

/**
 * Asks the service with the stand's token. A token that the service refuses,
 * although it looks good (revoked, or a clock that is wrong), is renewed once.
 * One that was renewed during the request may be refused for that alone.
 *
 * @returns the last answer, which may still be a refusal.
 * @throws `not_logged_in`, `login_ended`, …
 */
export async function withBearer<Answer>(
  bearer: BearerSource,
  ask: (token: Secret) => Promise<Answer>,
  isRefused: (answer: Answer) => boolean,
): Promise<Answer> {
  const first = await bearer();
  const answer = await ask(first);
  if (!isRefused(answer)) return answer;
  const current = await bearer();
  if (current.reveal() !== first.reveal()) {
    const second = await ask(current);
    if (!isRefused(second)) return second;
  }
  return await ask(await bearer(current));
}

interface Answered {
  readonly kind: string;
}

interface Refusal extends Answered {
  readonly kind: "login_required";
  readonly status: number;
}

/**
 * Asks as `withBearer` does.
 *
 * @returns an answer to a request whose login was accepted.
 * @throws `login_ended`, `login_refused` when no token is accepted.
 */
export async function withLogin<Answer extends Answered>(
  { service, bearer }: { service: Service; bearer: BearerSource },
  ask: (token: Secret) => Promise<Answer | Refusal>,
): Promise<Exclude<Answer, Refusal>> {
  const isRefused = (answer: Answer | Refusal): answer is Refusal =>
    answer.kind === "login_required";
  const answer = await withBearer(bearer, ask, isRefused);
  if (isRefused(answer)) {
    const flow = bearer.flow?.();
    throw loginNotAccepted(service.address, answer.status, { flow });
  }
  return answer as Exclude<Answer, Refusal>;
}
