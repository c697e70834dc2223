import type { ScalarKind } from "../../src/runs/model/types.ts";
import type { Path } from "../../tests/runs/schema/json_tree.ts";

const WHOLE = [
  "start_time",
  "stop_time",
  "attempt",
  "error_code",
];

/** What HardPy's models declare at a place of the wire form (0.15.2 and 0.22.1). */
export function scalarKindAt(path: Path): ScalarKind {
  const key = path.at(-1);
  const owner = path.at(-2);
  if (owner === "info") return "info value";
  if (path.includes("measurements")) {
    if (["result", "casesensitive"].includes(String(key))) {
      return "true or false";
    }
    return ["value", "comparison_value", "lower_limit", "upper_limit"]
        .includes(String(key))
      ? "number"
      : "text";
  }
  if (path.includes("x_data") || path.includes("y_data")) return "number";
  const isNumber = key === "number" &&
      ["test_stand", "process"].includes(String(owner)) ||
    key === "number" && path.includes("instruments");
  return isNumber || WHOLE.includes(String(key)) ? "whole number" : "text";
}
