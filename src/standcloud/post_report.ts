import type { HttpAnswer } from "../system/http_client.ts";
import { SLOWEST_BYTES_PER_MILLISECOND } from "../system/request_limit.ts";
import type { Secret } from "../system/secret.ts";
import type { AnswerDetail } from "./answer_details.ts";
import { asksForLogin, callApi, isPage } from "./api_call.ts";
import type { Service } from "./service.ts";

/** How the API answered an upload. */
export type UploadAnswer =
  & { readonly status: number }
  & (
    | { readonly kind: "created"; readonly testRunId: string | null }
    | { readonly kind: "login_required" }
    /** A page for a person, or a redirect to somewhere: nothing that StandCloud says. */
    | { readonly kind: "not_standcloud" }
    | {
      readonly kind: "not_created";
      readonly details: AnswerDetail[];
      /** The header as it came (RFC 9110 section 10.2.3). */
      readonly retryAfter: string | null;
    }
  );

/** StandCloud has not stored the report. */
export type NotCreated = UploadAnswer & { readonly kind: "not_created" };

export interface PostOptions {
  readonly token: Secret;
  /** How long a small report may take; a large one may take longer. */
  readonly timeoutMilliseconds: number;
  /** Cuts the request off; the report may be stored all the same. */
  readonly signal?: AbortSignal;
  /** The same for each try of the same report, so that a service that knows the header stores it once. */
  readonly idempotencyKey: string;
}

/** `POST test_report` with a document in wire form. Only 201 means stored. */
export async function postTestReport(
  service: Service,
  document: Uint8Array<ArrayBuffer>,
  { idempotencyKey, timeoutMilliseconds, ...options }: PostOptions,
): Promise<UploadAnswer> {
  const more = document.length / SLOWEST_BYTES_PER_MILLISECOND;
  const answer = await callApi(service, "test_report", {
    ...options,
    timeoutMilliseconds: timeoutMilliseconds + more,
    document,
    headers: {
      // A quoted text, as draft-ietf-httpapi-idempotency-key-header wants it.
      "idempotency-key": `"${idempotencyKey}"`,
      "x-request-id": crypto.randomUUID(),
    },
  });
  const { status, headers } = answer;
  if (status === 201 && !isPage(answer)) {
    return { kind: "created", testRunId: testRunId(answer), status };
  }
  if (asksForLogin(service, answer)) return { kind: "login_required", status };
  const isRedirect = status >= 300 && status < 400;
  // A gateway that has lost StandCloud says so with a page of its own.
  const mayBePage = status < 300 || status === 404;
  if (isRedirect || mayBePage && isPage(answer)) {
    return { kind: "not_standcloud", status };
  }
  // Most uploads do without the schema library, and start sooner for it.
  const { readDetails } = await import("./answer_details.ts");
  return {
    kind: "not_created",
    details: readDetails(answer.body),
    retryAfter: headers.get("retry-after"),
    status,
  };
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
