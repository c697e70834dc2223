import type { Key } from "../json/pointer.ts";
import type { Rule } from "./rule.ts";
import { Part } from "./parts.ts";
import { elementsOf, isNumber, quoted } from "../values.ts";

export const chartShape: Rule = {
  word: "chart-shape",
  brief: "A chart cannot be drawn as it is",
  severities: ["warning"],
  profile: "current",
  explanation:
    `A series needs as many y values as x values, and a marker name or null; a logarithmic axis has no
place for zero and below. What does not fit is left out of the drawing, or the whole chart is.`,
  fix: "build the chart with add_series(x, y, name) of hardpy.Chart",
  failing: {
    at: "/modules/test_supply/cases/test_rail/chart",
    json: '{"marker_name": [null], "x_data": [[1, 2]], "y_data": [[5]]}',
  },
  passing: {
    at: "/modules/test_supply/cases/test_rail/chart",
    json: '{"marker_name": [null], "x_data": [[1, 2]], "y_data": [[5, 6]]}',
  },
  *check({ cases }) {
    for (const one of cases) {
      const { chart } = one.fields;
      if (typeof chart !== "object" || chart === null) continue;
      const part = new Part(chart, one, "chart");
      for (const { keys, says } of chartProblems(part)) {
        yield {
          severity: "warning",
          path: part.path(...keys),
          message: `The chart of case ${quoted(one.name)} ${says}`,
        };
      }
    }
  },
};

interface ChartProblem {
  readonly keys: readonly Key[];
  readonly says: string;
}

function* chartProblems({ fields }: Part): Generator<ChartProblem> {
  const x = elementsOf(fields["x_data"]);
  const y = elementsOf(fields["y_data"]);
  const markers = elementsOf(fields["marker_name"]);
  if (x.length === 0 && y.length === 0) {
    yield { keys: [], says: "is empty" };
  } else if (x.length !== y.length || x.length !== markers.length) {
    const says =
      `has ${x.length} x series, ${y.length} y series and ${markers.length} marker names`;
    yield { keys: [], says };
  }
  for (const [index, series] of x.entries()) {
    const xs = elementsOf(series).length;
    const ys = elementsOf(y[index]).length;
    if (index >= y.length || xs === ys) continue;
    const says = `has ${xs} x values but ${ys} y values in series ${index + 1}`;
    yield { keys: ["y_data", index], says };
  }
  const type = String(fields["type"]);
  if (/^(?:line_log_x|log_x_y)$/.test(type)) yield* notPositive(x, "x_data");
  if (/^(?:line_log_y|log_x_y)$/.test(type)) yield* notPositive(y, "y_data");
}

/** The first value of an axis that a logarithm does not take. */
function* notPositive(
  series: readonly unknown[],
  key: "x_data" | "y_data",
): Generator<ChartProblem> {
  for (const [index, values] of series.entries()) {
    const at = elementsOf(values).findIndex((value) =>
      isNumber(value) && value <= 0
    );
    if (at === -1) continue;
    const says = `has ${elementsOf(values)[at]} on its logarithmic ${
      key.charAt(0)
    } axis`;
    yield { keys: [key, index, at], says };
    return;
  }
}
