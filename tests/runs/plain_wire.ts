import { coerceScalar } from "../../src/runs/schema/coerce.ts";
import { generationOf } from "../../src/runs/schema/generation.ts";
import { heldAs } from "../../src/runs/schema/measurement_kind.ts";
import {
  currentShape,
  earlyShape,
  type Field,
  numericMeasurement,
  type Shape,
  stringMeasurement,
} from "../../src/runs/wire_shape.ts";
import { isList, lastOf, type Plain, readPlain } from "./plain_json.ts";

/** The wire form made the plain way: the whole text is parsed, rebuilt and written, step by step. */
export function plainWire(text: string): string {
  const isCurrent = ["C", "D"].includes(generationOf(JSON.parse(text)));
  const run = readPlain(text);
  if (typeof run === "string" || isList(run)) return "";
  const members = lastOf(run.members);
  for (const name of ["rev", "id"]) {
    const stored = members.get(`_${name}`);
    members.delete(`_${name}`);
    if (stored !== undefined && !members.has(name)) members.set(name, stored);
  }
  // A history file has one name of its storage.
  const id = members.get("id");
  if (id !== undefined && !members.has("rev")) members.set("rev", id);
  return written(inShape(members, isCurrent ? currentShape : earlyShape));
}

function inShape(
  members: ReadonlyMap<string, Plain>,
  shape: Shape,
): Plain {
  const known = Object.entries(shape).flatMap(([key, field]) => {
    const value = members.get(key) ??
      (field.default === undefined ? undefined : readPlain(field.default));
    return value === undefined
      ? []
      : [[key, inField(value, field)] as [string, Plain]];
  });
  const others = [...members].filter(([key]) => !Object.hasOwn(shape, key));
  return { members: [...known, ...others] };
}

function inField(value: Plain, field: Field): Plain {
  if (typeof value === "string") return inKind(value, field);
  const { holds, shape = {} } = field;
  if (isList(value)) {
    if (holds === "list" || holds === "measurements") {
      return value.map((one) =>
        typeof one === "string" || isList(one)
          ? one
          : inShape(lastOf(one.members), field.shape ?? measurement(one))
      );
    }
    return holds === "series" ? value.map(asNumbers) : value;
  }
  const members = lastOf(value.members);
  switch (holds) {
    case "object":
      return inShape(members, shape);
    case "map":
      return eachIn(members, { holds: "object", shape });
    case "info":
      return eachIn(members, { kind: "info value" });
    default:
      return value;
  }
}

function inKind(literal: string, { kind }: Field): Plain {
  return kind === undefined ? literal : coerceScalar(kind, literal);
}

function eachIn(members: ReadonlyMap<string, Plain>, field: Field): Plain {
  return {
    members: [...members].map(([key, value]) => [key, inField(value, field)]),
  };
}

function asNumbers(series: Plain): Plain {
  return typeof series === "string" || !isList(series)
    ? series
    : series.map((one) => inField(one, { kind: "number" }));
}

function measurement(value: Plain): Shape {
  return heldAs(JSON.parse(written(value))) === "string"
    ? stringMeasurement
    : numericMeasurement;
}

/** Without space; what is free keeps even its equal keys. */
export function written(value: Plain): string {
  if (typeof value === "string") return value;
  if (isList(value)) return `[${value.map(written).join(",")}]`;
  const members = value.members.map(([key, inner]) =>
    `${JSON.stringify(key)}:${written(inner)}`
  );
  return `{${members.join(",")}}`;
}
