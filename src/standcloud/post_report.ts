import type { HttpAnswer } from "../system/http_client.ts";
import type { Secret } from "../system/secret.ts";
import { type AnswerDetail, readDetails } from "./answer_details.ts";
import { asksForLogin, callApi } from "./api_call.ts";
import type { Service } from "./service.ts";

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
  const answer = await callApi(service, "test_report", {
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
