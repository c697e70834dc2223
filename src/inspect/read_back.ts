import { AppError } from "../system/app_error.ts";
import type { Secret } from "../system/secret.ts";
import {
  loginNotAccepted,
  notStandCloud,
} from "../standcloud/connection_error.ts";
import type {
  NotRead,
  ReadAnswer,
  ReadOptions,
} from "../standcloud/read_api.ts";
import type { Service } from "../standcloud/service.ts";
import type { BearerSource } from "../tokens/bearer.ts";

/** One request of the reader API. */
export type Read<T> = (
  service: Service,
  options: ReadOptions,
) => Promise<ReadAnswer<T>>;

/**
 * Reads with the login of the stand. A token that is refused is renewed once;
 * an API key is tried in the way of StandCloud's documentation too.
 *
 * @throws `login_ended`, `login_refused`, `not_standcloud`, `unreachable`, …
 */
export async function readBack<T>(
  service: Service,
  read: Read<T>,
  { bearer, ...options }: Omit<ReadOptions, "token"> & { bearer: BearerSource },
): Promise<T> {
  const token = await bearer();
  let answer = await read(service, { ...options, token });
  if (answer.kind === "login_required") {
    answer = await read(service, {
      ...options,
      ...await another(bearer, token),
    });
  }
  if (answer.kind === "read") return answer.value;
  throw problem(service, answer);
}

async function another(
  bearer: BearerSource,
  token: Secret,
): Promise<Pick<ReadOptions, "token" | "asIntegration">> {
  try {
    return { token: await bearer(token) };
  } catch (error) {
    // A key cannot be renewed.
    if (!(error instanceof AppError) || error.code !== "login_refused") {
      throw error;
    }
    return { token, asIntegration: true };
  }
}

function problem({ address }: Service, { kind, status }: NotRead): AppError {
  if (kind === "login_required") return loginNotAccepted(address, status);
  if (kind === "unavailable") {
    return new AppError(
      "unreachable",
      `${address.text} is out of order (HTTP ${status})`,
      { hints: ["try again later"], httpStatus: status },
    );
  }
  if (status === 403) {
    return new AppError(
      "login_refused",
      `${address.text} does not let this login read test runs`,
      {
        hints: ["ask the administrator of your StandCloud organisation"],
        httpStatus: status,
      },
    );
  }
  return notStandCloud(
    address,
    `test runs cannot be read back from it (HTTP ${status})`,
    status,
  );
}
