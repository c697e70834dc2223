import { AppError } from "../system/app_error.ts";
import { notAllowed, notStandCloud } from "../standcloud/connection_error.ts";
import type {
  NotRead,
  ReadAnswer,
  ReadOptions,
} from "../standcloud/read_api.ts";
import type { Service } from "../standcloud/service.ts";
import { tryAgain } from "../standcloud/retry_after.ts";
import type { Secret } from "../system/secret.ts";
import type { StandBearer } from "../tokens/bearer.ts";
import { withLogin } from "../tokens/with_bearer.ts";

/** One request of the reader API. */
export type Read<T> = (
  service: Service,
  options: ReadOptions,
) => Promise<ReadAnswer<T>>;

/** Not for this caller, or not there at all. */
const NOT_HERE = [403, 404, 405];

/**
 * Reads with the login of the stand. A token that is refused is renewed once;
 * an API key is tried in the way of StandCloud's documentation too.
 *
 * @throws `login_ended`, `login_refused`, `not_standcloud`, `unreachable`, …
 */
export async function readBack<T>(
  service: Service,
  read: Read<T>,
  { bearer, ...options }: Omit<ReadOptions, "token"> & { bearer: StandBearer },
): Promise<T> {
  const ask = async (token: Secret): Promise<ReadAnswer<T>> => {
    const answer = await read(service, { ...options, token });
    const isRefused = answer.kind === "login_required" ||
      NOT_HERE.includes(answer.status);
    if (!isRefused || bearer.flow() !== "api-key") return answer;
    const asIntegration = { ...options, token, asIntegration: true };
    const other = await read(service, asIntegration);
    return other.kind === "read" ? other : answer;
  };
  const answer = await withLogin({ service, bearer }, ask);
  if (answer.kind === "read") return answer.value;
  throw problem(service, answer);
}

function problem(
  { address }: Service,
  { kind, status, retryAfter }: NotRead,
): AppError {
  if (kind === "unavailable") {
    return new AppError(
      "unreachable",
      status === 200
        ? `The answer of ${address.text} broke off`
        : `${address.text} is out of order (HTTP ${status})`,
      { hints: [tryAgain(retryAfter)], httpStatus: status },
    );
  }
  if (status === 403) return notAllowed(address, status, "read test runs");
  return notStandCloud(
    address,
    `test runs cannot be read back from it (HTTP ${status})`,
    status,
  );
}
