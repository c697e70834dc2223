import { denyAccess } from "./access.ts";
import { rowStream } from "./row_stream.ts";
import {
  type Asked,
  failedCases,
  testedDuts,
  testRun,
  testRuns,
} from "./rows.ts";
import type { ReportStore } from "./report_store.ts";
import type { State } from "./state.ts";
import {
  invalidJson,
  type ValidationIssue,
  validationIssues,
} from "./wire_shape.ts";

const apiPath = /^\/(hardpy|integration)\/api\/v1(\/.*)$/;

/** StandCloud's REST API; undefined for a path outside of it. */
export async function answerApi(
  request: Request,
  path: string,
  state: State,
): Promise<Response | undefined> {
  const [, mode, endpoint] = apiPath.exec(path) ?? [];
  if (endpoint === undefined) return undefined;
  const denied = denyAccess(request, path, state);
  if (denied) return denied;
  if (endpoint === "/test_report") {
    return request.method === "POST"
      ? await takeReport(request, state)
      : refuse(405);
  }
  const refused = state.lookup.status;
  if (refused !== undefined && /^\/test_run(\/|$)/.test(endpoint)) {
    return refuse(refused);
  }
  if (request.method !== "GET") return refuse(405);
  const { lookup, reportStore } = state;
  const query = new URL(request.url).searchParams;
  const hasPages = mode === "integration";
  const asked = { query, lookup, hasPages };
  return read(endpoint, asked, reportStore) ?? refuse(404);
}

function read(
  endpoint: string,
  asked: Asked,
  store: ReportStore,
): Response | undefined {
  if (endpoint === "/healthcheck") return Response.json({});
  if (endpoint === "/test_run") return rowStream(testRuns(store, asked));
  if (endpoint === "/tested_dut") return rowStream(testedDuts(store, asked));
  const [, id = "", part] =
    /^\/test_run\/([^/]+)(\/failed_case)?$/.exec(endpoint) ?? [];
  const entry = store.get(id);
  if (entry === undefined) return undefined;
  return Response.json(
    part === undefined ? testRun(entry) : failedCases(entry),
  );
}

async function takeReport(request: Request, state: State): Promise<Response> {
  const text = await request.text();
  let parsed;
  try {
    parsed = JSON.parse(text);
  } catch {
    return unprocessable([invalidJson(0)]);
  }
  const issues = validationIssues(parsed);
  if (issues.length > 0) return unprocessable(issues);
  const id = state.addReport({
    id: crypto.randomUUID(),
    text,
    parsed,
    headers: publicHeaders(request.headers),
    receivedAt: new Date(),
  });
  return Response.json({ "test_run_id": id }, { status: 201 });
}

function unprocessable(detail: ValidationIssue[]): Response {
  return Response.json({ detail }, { status: 422 });
}

const refusals: Record<number, string> = {
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
};

function refuse(status: number): Response {
  return Response.json({ detail: refusals[status] }, { status });
}

const secretHeaders = new Set(["authorization", "cookie", "x-api-key"]);

function publicHeaders(headers: Headers): Record<string, string> {
  return Object.fromEntries(
    [...headers].filter(([name]) => !secretHeaders.has(name)),
  );
}
