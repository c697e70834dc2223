import { denyAccess } from "./access.ts";
import { testedDuts, testRun, testRuns } from "./rows.ts";
import type { State } from "./state.ts";
import type { StoredReport } from "./types.ts";
import {
  invalidJson,
  type ValidationIssue,
  validationIssues,
} from "./wire_shape.ts";

const apiPath = /^\/(?:hardpy|integration)\/api\/v1(\/.*)$/;

/** StandCloud's REST API; undefined for a path outside of it. */
export async function answerApi(
  request: Request,
  path: string,
  state: State,
): Promise<Response | undefined> {
  const endpoint = apiPath.exec(path)?.[1];
  if (endpoint === undefined) return undefined;
  const denied = denyAccess(request, path, state);
  if (denied) return denied;
  if (endpoint === "/test_report") {
    return request.method === "POST"
      ? await takeReport(request, state)
      : notAllowed();
  }
  const answer = read(
    endpoint,
    new URL(request.url).searchParams,
    state.reports,
  );
  if (answer === undefined) {
    return Response.json({ detail: "Not Found" }, { status: 404 });
  }
  return request.method === "GET" ? Response.json(answer) : notAllowed();
}

function read(
  endpoint: string,
  query: URLSearchParams,
  reports: readonly StoredReport[],
): object | undefined {
  if (endpoint === "/healthcheck") return {};
  if (endpoint === "/test_run") return testRuns(reports, query);
  if (endpoint === "/tested_dut") return testedDuts(reports, query);
  const report = reports.find(({ id }) => endpoint === `/test_run/${id}`);
  return report && testRun(report, reports);
}

async function takeReport(request: Request, state: State): Promise<Response> {
  const text = await request.text();
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return unprocessable([invalidJson(0)]);
  }
  const issues = validationIssues(body);
  if (issues.length > 0) return unprocessable(issues);
  const id = crypto.randomUUID();
  const headers = publicHeaders(request.headers);
  state.addReport({ id, text, body, headers, receivedAt: new Date() });
  return Response.json({ "test_run_id": id }, { status: 201 });
}

function unprocessable(detail: ValidationIssue[]): Response {
  return Response.json({ detail }, { status: 422 });
}

function notAllowed(): Response {
  return Response.json({ detail: "Method Not Allowed" }, { status: 405 });
}

const secretHeaders = new Set(["authorization", "cookie", "x-api-key"]);

function publicHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => !secretHeaders.has(name)),
  );
}
