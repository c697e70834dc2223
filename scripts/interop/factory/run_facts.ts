/** Builds run documents in the forms in which HardPy stores them. */

export type Json = Record<string, unknown>;

export interface CaseFacts {
  readonly module: string;
  readonly key: string;
  readonly status?: string;
  /** Seconds after the start of the run. Default: from 1 to 3. */
  readonly from?: number | null;
  readonly to?: number | null;
  readonly attempt?: number;
  readonly message?: string | null | undefined;
  readonly msg?: Json | null;
  readonly measurements?: readonly unknown[];
}

export interface RunFacts {
  readonly start: unknown;
  readonly stop?: unknown;
  readonly status: string;
  readonly name?: unknown;
  readonly serial?: unknown;
  readonly part?: unknown;
  readonly stand?: unknown;
  readonly hwId?: unknown;
  readonly timezone?: unknown;
  readonly process?: Json;
  readonly batch?: unknown;
  readonly operator?: unknown;
  readonly cause?: string | null;
  readonly errorCode?: number | null;
  readonly cases?: readonly CaseFacts[] | undefined;
}

export type Form =
  | "report"
  | "record"
  | "history"
  | "tempstore"
  | "couchdb_report";

export function documentOf(run: RunFacts, form: Form = "report"): Json {
  const body = {
    status: run.status,
    "stop_time": run.stop === undefined ? after(run.start, 30) : run.stop,
    "start_time": run.start,
    name: run.name ?? "eol",
    "test_stand": {
      "hw_id": run.hwId ?? null,
      name: run.stand ?? null,
      timezone: run.timezone ?? null,
      info: {},
    },
    dut: {
      "serial_number": run.serial ?? null,
      "part_number": run.part ?? null,
      info: {},
    },
    process: { name: null, number: null, info: {}, ...run.process },
    modules: modulesOf(run),
    user: run.operator ?? null,
    "batch_serial_number": run.batch ?? null,
    "caused_dut_failure_id": run.cause ?? null,
    "error_code": run.errorCode ?? null,
    artifact: {},
  };
  return FORMS[form](body, `${run.start}`);
}

function modulesOf(run: RunFacts): Json {
  const modules: Record<string, Json> = {};
  for (const one of run.cases ?? []) {
    const module = modules[one.module] ??= {
      status: "passed",
      "start_time": run.start,
      "stop_time": after(run.start, 30),
      name: one.module,
      group: "main",
      cases: {},
    };
    (module["cases"] as Json)[one.key] = caseOf(run, one);
  }
  return modules;
}

function caseOf(run: RunFacts, one: CaseFacts): Json {
  const { from = 1, to = 3 } = one;
  return {
    status: one.status ?? "passed",
    "start_time": from === null ? null : after(run.start, from),
    "stop_time": to === null ? null : after(run.start, to),
    name: one.key,
    "assertion_msg": one.message ?? null,
    msg: one.msg ?? null,
    measurements: one.measurements ?? [],
    attempt: one.attempt ?? 1,
    group: "main",
  };
}

function after(start: unknown, seconds: number): number | null {
  return typeof start === "number" ? start + seconds : null;
}

const FORMS: Record<Form, (body: Json, id: string) => Json> = {
  report: (body, id) => ({ ...body, rev: `1-${id}`, id: `run-${id}` }),
  record: (body) => ({
    "_rev": "localhost_8000",
    "_id": "localhost_8000",
    ...lean(body),
  }),
  // Post-run functions, which name the device, come after the history.
  history: (body, id) => ({
    "_id": `${id}123`,
    ...lean(body),
    dut: { ...body["dut"] as Json, "serial_number": null },
  }),
  tempstore: (body, id) => ({
    ...filled(body),
    rev: "localhost_8000",
    "_id": `temp-${id}`,
    "_rev": `temp-${id}`,
  }),
  "couchdb_report": (body, id) => ({
    "_id": `report_${id}_x`,
    "_rev": "1-0c2d",
    ...body,
  }),
};

/** Keys that were never set are missing in HardPy's runstore. */
function lean(body: Json): Json {
  return Object.fromEntries(
    Object.entries(body).filter(([, value]) => value !== null),
  );
}

/** HardPy fills in names before it sends. */
function filled(body: Json): Json {
  const [dut, stand] = [body["dut"], body["test_stand"]] as Json[];
  return {
    ...body,
    dut: { ...dut, "part_number": dut?.["part_number"] ?? "unknown" },
    "test_stand": { ...stand, name: stand?.["name"] ?? "unknown" },
  };
}

export interface NumericOptions {
  readonly unit?: unknown;
  readonly operation?: string | null;
  readonly lower?: unknown;
  readonly upper?: unknown;
  readonly comparison?: unknown;
  readonly result?: boolean | null;
}

export function numeric(
  name: string | null,
  value: unknown,
  { unit = "V", lower, upper, operation, comparison, result = true }:
    NumericOptions = {},
): Json {
  return {
    type: "numeric",
    name,
    operation: operation ?? null,
    result,
    value,
    unit,
    ...(comparison !== undefined && { "comparison_value": comparison }),
    ...(lower !== undefined && { "lower_limit": lower }),
    ...(upper !== undefined && { "upper_limit": upper }),
  };
}

/** As Python writes it: with NaN and Infinity, which JSON does not have. */
export function pythonText(value: unknown, indent?: number): string {
  const text = JSON.stringify(value, (_, one) => {
    const isOdd = typeof one === "number" && !Number.isFinite(one);
    return isOdd ? `\u0001${one}\u0001` : one;
  }, indent);
  return text.replaceAll(/"\\u0001(-?\w+)\\u0001"/g, "$1");
}
