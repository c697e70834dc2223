import type { Secret } from "../system/secret.ts";
import type { HttpAnswer } from "../system/http_client.ts";
import { connectionError } from "./connection_error.ts";
import { type AnswerDetail, readDetails } from "./answer_details.ts";
import type { Service } from "./service.ts";

const HEALTH_TIMEOUT_MILLISECONDS = 10_000;

/** How the API answered a health check. */
export interface Health {
  readonly state: "ok" | "login_required" | "not_standcloud" | "unavailable";
  readonly status: number;
}

/**
 * `GET healthcheck`. Good is only status 200 with the body `{}`: the proxy in
 * front answers a stranger with a sign-in page, which is a 200 too.
 */
export async function checkHealth(
  service: Service,
  token: Secret,
  signal?: AbortSignal,
): Promise<Health> {
  const { status, body, headers } = await call(service, "healthcheck", {
    token,
    timeoutMilliseconds: HEALTH_TIMEOUT_MILLISECONDS,
    ...(signal && { signal }),
  });
  if (status === 200 && new TextDecoder().decode(body).trim() === "{}") {
    return { state: "ok", status };
  }
  if (asksForLogin(service, { status, body, headers })) {
    return { state: "login_required", status };
  }
  return {
    state: status >= 500 || status === 429 ? "unavailable" : "not_standcloud",
    status,
  };
}

/** How the API answered an upload. */
export type UploadAnswer =
  | { readonly kind: "created"; readonly testRunId: string | null }
  | { readonly kind: "login_required" }
  /** Refused for good: sending it again would not help. */
  | { readonly kind: "rejected"; readonly details: AnswerDetail[] }
  | { readonly kind: "later" };

/** `POST test_report` with a document in wire form. Only 201 means stored. */
export async function postTestReport(
  service: Service,
  document: string,
  options: { token: Secret; timeoutMilliseconds: number },
): Promise<UploadAnswer & { status: number }> {
  const answer = await call(service, "test_report", {
    ...options,
    document,
  });
  const { status } = answer;
  if (status === 201) {
    return { kind: "created", testRunId: testRunId(answer), status };
  }
  if (asksForLogin(service, answer)) return { kind: "login_required", status };
  if (status >= 400 && status < 500 && !TEMPORARY.includes(status)) {
    return { kind: "rejected", details: readDetails(answer.body), status };
  }
  return { kind: "later", status };
}

/** 4xx answers that another try can mend: time-out, locked, too early, too many. */
const TEMPORARY = [408, 423, 425, 429];

interface CallOptions {
  readonly token: Secret;
  readonly timeoutMilliseconds: number;
  readonly signal?: AbortSignal;
  readonly document?: string;
}

async function call(
  service: Service,
  path: string,
  options: CallOptions,
): Promise<HttpAnswer> {
  const { token, document, timeoutMilliseconds, signal } = options;
  try {
    return await service.http.send(`${service.address.apiBase}/${path}`, {
      method: document === undefined ? "GET" : "POST",
      headers: {
        "authorization": `Bearer ${token.reveal()}`,
        // Without it the proxy sends a stranger to an HTML page instead of a 401.
        "accept": "application/json",
        ...(document !== undefined && { "content-type": "application/json" }),
      },
      ...(document !== undefined && { body: document }),
      timeoutMilliseconds,
      ...(signal && { signal }),
    });
  } catch (error) {
    throw connectionError(service.address, error);
  }
}

function asksForLogin(service: Service, answer: HttpAnswer): boolean {
  if (answer.status === 401) return true;
  if (answer.status < 300 || answer.status > 399) return false;
  const location = answer.headers.get("location") ?? "";
  const target = URL.parse(location, service.address.origin);
  return target?.href.startsWith(`${service.address.issuer}/`) ?? false;
}

/** The id's key is not published: `test_run_id`, `id`, or the bare text. */
function testRunId(answer: HttpAnswer): string | null {
  try {
    const body = JSON.parse(new TextDecoder().decode(answer.body));
    const id = typeof body === "string" ? body : body?.test_run_id ?? body?.id;
    return typeof id === "string" && id.length <= 100 ? id : null;
  } catch {
    return null;
  }
}
