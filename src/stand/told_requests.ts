import type { Clock } from "../system/clock.ts";
import type { HttpClient, HttpRequest } from "../system/http_client.ts";
import { HttpFailure } from "../system/http_failure.ts";

export interface RequestTelling {
  readonly clock: Clock;
  /** Told a line when a request has its answer, or gets none. */
  tell(line: string): void;
}

/**
 * The same client, with a line for each request: method, path, status, time and
 * attempt. Queries, headers and contents are never told: they hold secrets.
 */
export function toldRequests(
  http: HttpClient,
  telling: RequestTelling,
): HttpClient {
  const failed: FailedRequests = new Map();
  return {
    send: (url, request) =>
      told(() => http.send(url, request), { url, request, failed, telling }),
    open: (url, request) =>
      told(() => http.open(url, request), { url, request, failed, telling }),
    [Symbol.dispose]: () => http[Symbol.dispose](),
  };
}

/** How often a request was sent since it last succeeded. */
type FailedRequests = Map<string, number>;

interface AnswerHead {
  readonly status: number;
}

interface Told {
  readonly url: string;
  readonly request: HttpRequest;
  readonly failed: FailedRequests;
  readonly telling: RequestTelling;
}

async function told<Answer extends AnswerHead>(
  ask: () => Promise<Answer>,
  { url, request, failed, telling: { clock, tell } }: Told,
): Promise<Answer> {
  const { method = "GET", headers = {} } = request;
  const key = `${method} ${url} ${headers["idempotency-key"] ?? ""}`;
  const attempt = (failed.get(key) ?? 0) + 1;
  failed.set(key, attempt);
  const begin = clock.monotonic();
  const say = (outcome: string | number) => {
    const milliseconds = Math.round(clock.monotonic() - begin);
    const path = pathOf(url, request);
    tell(
      `${method} ${path} ${outcome} ${milliseconds} ms (attempt ${attempt})`,
    );
  };
  try {
    const answer = await ask();
    say(answer.status);
    if (answer.status >= 200 && answer.status <= 299) failed.delete(key);
    return answer;
  } catch (error) {
    say(
      error instanceof HttpFailure
        ? `no answer (${error.reason})`
        : "interrupted",
    );
    throw error;
  }
}

/** A server names its own paths, and may put into them what it was sent. */
function pathOf(url: string, request: HttpRequest): string {
  const path = URL.parse(url)?.pathname ?? "";
  const plain = decoded(path);
  const shown = secretsOf(request)
    .reduce((text, secret) => text.replaceAll(secret, "…"), plain);
  return shown === plain ? path : shown;
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Shorter ones guard nothing, and are parts of many words. */
const SHORTEST_SECRET = 6;

function secretsOf({ headers = {}, body }: HttpRequest): string[] {
  const token = headers["authorization"]?.replace(/^Bearer /, "");
  const form = typeof body === "string" ? new URLSearchParams(body) : [];
  return [token, headers["x-api-key"], ...[...form].map(([, value]) => value)]
    .filter((text) => text !== undefined)
    .filter(({ length }) => length >= SHORTEST_SECRET);
}
