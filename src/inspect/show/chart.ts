import type { Chart, Series } from "../../page/chart.ts";
import type { JsonNode } from "./json_node.ts";

const LOG_X = ["line_log_x", "log_x_y"];
const LOG_Y = ["line_log_y", "log_x_y"];

/** Undefined when the case has none, or one without any data. */
export function readChart(node: JsonNode): Chart | undefined {
  const xs = node.get("x_data").elements();
  const ys = node.get("y_data").elements();
  const names = node.get("marker_name").elements();
  const type = node.get("type").line ?? "line";
  const seriesCount = Math.max(xs.length, ys.length);
  if (!node.isPresent) return undefined;
  return {
    title: node.get("title").line ?? "",
    xLabel: node.get("x_label").line ?? "",
    yLabel: node.get("y_label").line ?? "",
    isLogX: LOG_X.includes(type),
    isLogY: LOG_Y.includes(type),
    seriesCount,
    *series() {
      for (let index = 0; index < seriesCount; index++) {
        const name = names[index]?.line || `series ${index + 1}`;
        yield { name, ...dataOf(xs[index], ys[index]) };
      }
    },
  };
}

function dataOf(
  xNode: JsonNode | undefined,
  yNode: JsonNode | undefined,
): Omit<Series, "name"> {
  const [x, y] = [listOf(xNode), listOf(yNode)];
  const length = Math.min(x.length, y.length);
  return {
    x: Float64Array.from({ length }, (_, i) => numberOf(x[i])),
    y: Float64Array.from({ length }, (_, i) => numberOf(y[i])),
    lengths: [x.length, y.length],
  };
}

function listOf(node: JsonNode | undefined): readonly unknown[] {
  const value = node?.parse();
  return Array.isArray(value) ? value : [];
}

function numberOf(value: unknown): number {
  return typeof value === "number" && Number.isFinite(value) ? value : NaN;
}
