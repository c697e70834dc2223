/** One entry of a 422 answer, in the shape of FastAPI (pydantic 2 error types). */
export interface ValidationIssue {
  type: string;
  loc: (string | number)[];
  msg: string;
  input: unknown;
}

type JsonObject = Record<string, unknown>;

/** Top-level keys of every generation of HardPy's run document. */
const knownKeys = new Set([
  ..."status stop_time start_time name rev id test_stand dut process modules"
    .split(" "),
  ..."user batch_serial_number caused_dut_failure_id error_code artifact".split(
    " ",
  ),
]);

const requiredTexts = ["rev", "id", "status"];
const requiredObjects = ["test_stand", "dut", "modules"];

/** Why StandCloud would refuse the body; empty for a document that it takes. */
export function validationIssues(body: unknown): ValidationIssue[] {
  if (!isObject(body)) {
    return [{
      type: "model_attributes_type",
      loc: ["body"],
      msg:
        "Input should be a valid dictionary or object to extract fields from",
      input: body,
    }];
  }
  return [
    ...requiredTexts.flatMap((key) => textIssues(body, [key])),
    ...requiredObjects.flatMap((key) => objectIssues(body, key)),
    ...mandatoryName(body, "dut", "part_number"),
    ...mandatoryName(body, "test_stand", "name"),
    ...Object.keys(body).filter((key) => !knownKeys.has(key)).map((key) => ({
      type: "extra_forbidden",
      loc: ["body", key],
      msg: "Extra inputs are not permitted",
      input: body[key],
    })),
  ];
}

/** What FastAPI answers to a body that is not JSON at all. */
export function invalidJson(position: number): ValidationIssue {
  return {
    type: "json_invalid",
    loc: ["body", position],
    msg: "JSON decode error",
    input: {},
  };
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function mandatoryName(
  body: JsonObject,
  part: string,
  field: string,
): ValidationIssue[] {
  const parent = body[part];
  return isObject(parent)
    ? textIssues(parent, [part, field], { notEmpty: true })
    : [];
}

function textIssues(
  parent: JsonObject,
  path: string[],
  { notEmpty = false } = {},
): ValidationIssue[] {
  const loc = ["body", ...path];
  const key = path.at(-1) ?? "";
  const input = parent[key];
  if (input === undefined) return [missing(loc, parent)];
  if (notEmpty && (input === "" || input === null)) {
    return [{
      type: "string_too_short",
      loc,
      msg: "String should have at least 1 character",
      input,
    }];
  }
  if (typeof input === "string") return [];
  return [{
    type: "string_type",
    loc,
    msg: "Input should be a valid string",
    input,
  }];
}

function objectIssues(body: JsonObject, key: string): ValidationIssue[] {
  const input = body[key];
  const loc = ["body", key];
  if (input === undefined) return [missing(loc, body)];
  if (isObject(input)) return [];
  return [{
    type: "dict_type",
    loc,
    msg: "Input should be a valid dictionary",
    input,
  }];
}

function missing(loc: string[], parent: JsonObject): ValidationIssue {
  return { type: "missing", loc, msg: "Field required", input: parent };
}
