import type { Secret } from "../system/secret.ts";
import { type AnswerHead, asksForLogin, callApi, isPage } from "./api_call.ts";
import { notStandCloud } from "./connection_error.ts";
import { parseExactly } from "./exact_json.ts";
import type { Service } from "./service.ts";

export interface ReadOptions {
  readonly token: Secret;
  /** Narrow the answer down, as names and values of the query. */
  readonly filters?: Readonly<Record<string, string>>;
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
  /**
   * The token is an API key, and is sent the way StandCloud's documentation
   * wants: to the integration API, in `X-API-KEY`. HardPy sends it as a bearer
   * token, like any other.
   */
  readonly asIntegration?: boolean;
}

/** How the reader API answered; everything but `read` says nothing about the runs. */
export type ReadAnswer<T> =
  | { readonly kind: "read"; readonly value: T; readonly status: number }
  | NotRead;

export interface NotRead {
  /**
   * `login_required`: the token is not accepted. `unsupported`: this service
   * does not let itself be read in this way, or not by this login.
   * `unavailable`: it may answer later.
   */
  readonly kind: "login_required" | "unsupported" | "unavailable";
  readonly status: number;
  /** When it wants to be asked again: the header `Retry-After`, as it came. */
  readonly retryAfter?: string;
}

/** For an answer as a whole, or for its head and then for each wait. */
export const TIMEOUT_MILLISECONDS = 20_000;

/**
 * `GET` of the reader API. Whatever is not JSON with status 200 is no answer.
 *
 * @param path below the API's base, encoded.
 * @throws `unreachable`, `certificate_refused`, … when nothing was answered;
 *   `not_standcloud` for a page for a person and a redirect to one.
 */
export async function readApi(
  service: Service,
  path: string,
  options: ReadOptions,
): Promise<ReadAnswer<unknown>> {
  const { filters, timeoutMilliseconds = TIMEOUT_MILLISECONDS } = options;
  const answer = await callApi(service, pathWith(path, filters), {
    ...options,
    timeoutMilliseconds,
  });
  const { status } = answer;
  if (answer.isTooLarge) return { kind: "unsupported", status };
  const problem = notRead(service, answer);
  if (problem !== undefined) return problem;
  if (!answer.isWhole) return { kind: "unavailable", status };
  const value = parse(answer.body);
  return value === undefined
    ? { kind: "unsupported", status }
    : { kind: "read", value, status };
}

export function pathWith(
  path: string,
  filters: Readonly<Record<string, string>> = {},
): string {
  const query = new URLSearchParams(filters).toString();
  return query === "" ? path : `${path}?${query}`;
}

/**
 * What the head of an answer says already; undefined when the body counts.
 *
 * @throws `not_standcloud`
 */
export function notRead(
  service: Service,
  answer: AnswerHead,
): NotRead | undefined {
  const { status } = answer;
  if (asksForLogin(service, answer)) return { kind: "login_required", status };
  if (status === 501 || status === 505) return { kind: "unsupported", status };
  if (LATER.includes(status) || status >= 500) {
    const retryAfter = answer.headers.get("retry-after");
    return {
      kind: "unavailable",
      status,
      ...(retryAfter !== null && { retryAfter }),
    };
  }
  const isRedirect = status >= 300 && status < 400;
  if (isRedirect || status < 300 && isPage(answer)) {
    const what = `HTTP ${status} with a page or a redirect`;
    throw notStandCloud(service.address, what, status);
  }
  return status === 200 ? undefined : { kind: "unsupported", status };
}

/** Time-out, locked, too early, too many. */
const LATER = [408, 423, 425, 429];

function parse(body: Uint8Array): unknown {
  try {
    return parseExactly(new TextDecoder().decode(body));
  } catch {
    return undefined;
  }
}
