import {
  type FaultDescription,
  parseAccess,
  parseFault,
  parseLookup,
  parseTokenAction,
} from "./control_schema.ts";
import type { Fault } from "./fault_types.ts";
import { digestOfReport } from "./report_store.ts";
import { numbersOf } from "./report_parts.ts";
import type { State } from "./state.ts";
import type { StoredReport } from "./types.ts";

const root = "/_control";

/**
 * The test tool's own endpoint: undefined for a path outside of it. It wants no secret, for the
 * sandbox listens on loopback only; a page in a browser of this machine is kept out.
 */
export async function answerControl(
  request: Request,
  path: string,
  state: State,
): Promise<Response | undefined> {
  if (path !== root && !path.startsWith(`${root}/`)) return undefined;
  const { hostname } = new URL(request.url);
  const isLocal = ["127.0.0.1", "localhost"].includes(hostname);
  if (!isLocal || request.headers.has("origin")) {
    return problem(403, "Only a program on this machine may control it");
  }
  const route = `${request.method} ${path.slice(root.length)}`;
  const handle = routes[route];
  if (handle === undefined) {
    return problem(404, `There is: ${Object.keys(routes).join(", ")}`);
  }
  try {
    return Response.json(await handle(state, request) ?? {});
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) {
      throw error;
    }
    return problem(400, error.message);
  }
}

type Handler = (state: State, request: Request) => unknown;

/** By method and path below `/_control`. */
const routes: Record<string, Handler> = {
  "GET ": overview,
  "GET /faults": listFaults,
  "POST /faults": async (state, request) => {
    const given = await request.json();
    const described = [given].flat().map(parseFault);
    state.faults.push(...described.map(faultOf));
    return listFaults(state);
  },
  "DELETE /faults": ({ faults }) => {
    faults.length = 0;
  },
  "GET /requests": ({ requests }, request) => page(requests, request),
  "GET /reports": async ({ reports }, request) =>
    await Promise.all(page(reports, request).map(described)),
  "POST /reset": (state) => state.reset(),
  "PUT /lookup": async (state, request) => {
    const { serialNumberFilter, ...numbers } = parseLookup(
      await request.json(),
    );
    set(state.lookup, "status", numbers.status);
    set(state.lookup, "maximumRows", numbers.maximumRows);
    set(state.lookup, "earlierRuns", numbers.earlierRuns);
    set(state.lookup, "serialNumberFilter", serialNumberFilter);
    return state.lookup;
  },
  "PUT /access": async (state, request) => {
    state.isAllowed = parseAccess(await request.json());
  },
  "POST /tokens": async (state, request) => {
    const action = parseTokenAction(await request.json());
    if (action === "expire") state.expireAccessTokens();
    else state.revokeAllTokens();
  },
};

function overview(state: State): object {
  return {
    reports: state.reports.length,
    requests: state.requestCount,
    faults: state.faults.length,
    lookup: state.lookup,
    counts: state.counts,
  };
}

const descriptions = new WeakMap<Fault, FaultDescription>();

/** One that a test pushed in this process has only its action to show. */
function listFaults({ faults }: State): object[] {
  return faults.map((fault) => {
    const { match: _match, ...rest } = fault;
    return descriptions.get(fault) ?? rest;
  });
}

function faultOf(description: FaultDescription): Fault {
  const { method, path = "*", ...rest } = description;
  const parts = path.split("*").map((text) => RegExp.escape(text));
  const pattern = new RegExp(`^${parts.join(".*")}$`);
  const fault: Fault = {
    ...rest,
    match: (requested, target) =>
      (method === undefined || method === requested) && pattern.test(target),
  };
  descriptions.set(fault, description);
  return fault;
}

function described(report: StoredReport): object {
  const { id, body, headers, receivedAt } = report;
  const { partNumber, serialNumber } = numbersOf(body);
  return {
    id,
    "part_number": partNumber,
    "serial_number": serialNumber,
    digest: digestOfReport(report),
    "received_at": receivedAt.toISOString(),
    "idempotency_key": headers["idempotency-key"],
    "x_request_id": headers["x-request-id"],
  };
}

function page<T>(items: readonly T[], { url }: Request): readonly T[] {
  const query = new URL(url).searchParams;
  const offset = Number(query.get("offset") ?? 0);
  return items.slice(offset, offset + Number(query.get("limit") ?? Infinity));
}

function set<K extends string, T>(
  object: { [key in K]?: T },
  key: K,
  value: T | null | undefined,
): void {
  if (value === null) delete object[key];
  else if (value !== undefined) object[key] = value;
}

function problem(status: number, detail: string): Response {
  return Response.json({ detail }, { status });
}
