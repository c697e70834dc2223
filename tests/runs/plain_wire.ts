import { coerceScalar } from "../../src/runs/model/coerce.ts";
import { generationOf } from "../../src/runs/model/generation.ts";
import { RUN_TYPES } from "../../src/runs/model/run_types.ts";
import type { Holds, ObjectModel } from "../../src/runs/model/types.ts";
import { isList, lastOf, type Plain, readPlain } from "./plain_json.ts";

/** The wire form made the plain way: the whole text is parsed, rebuilt and written, step by step. */
export function plainWire(text: string): string {
  const generation = generationOf(JSON.parse(text));
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
  const { holds } = RUN_TYPES[generation === "C" ? "D" : generation];
  return written(inOrder(members, holds));
}

function inOrder(
  members: ReadonlyMap<string, Plain>,
  { rows }: ObjectModel,
): Plain {
  const known = rows.flatMap((row) => {
    const value = members.get(row.key) ??
      (row.default === undefined ? undefined : readPlain(row.default));
    return value === undefined
      ? []
      : [[row.key, asHeld(value, row.holds)] as [string, Plain]];
  });
  const others = [...members]
    .filter(([key]) => rows.every((row) => row.key !== key));
  return { members: [...known, ...others] };
}

function asHeld(value: Plain, holds: Holds): Plain {
  if (typeof value === "string") {
    return holds.kind === "scalar" ? coerceScalar(holds.scalar, value) : value;
  }
  if (isList(value)) {
    return holds.kind === "list"
      ? value.map((one) => asHeld(one, holds.elements.holds))
      : value;
  }
  const members = lastOf(value.members);
  switch (holds.kind) {
    case "object":
      return inOrder(members, holds);
    case "choice":
      return inOrder(members, holds.sentBy(JSON.parse(written(value))));
    case "map": {
      const { elements } = holds;
      const inside = [...members]
        .map(([key, inner]) => [key, asHeld(inner, elements.holds)] as const);
      return { members: inside };
    }
    default:
      return value;
  }
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
