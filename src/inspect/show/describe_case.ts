import { artifactOf } from "./artifact.ts";
import { readChart } from "./chart.ts";
import type { JsonNode } from "./json_node.ts";
import { readMeasurement } from "./measurement.ts";
import { durationText } from "./times.ts";
import type { CaseView, ModuleView } from "./view.ts";

export function describeModule(key: string, node: JsonNode): ModuleView {
  const cases = node.get("cases").entries()
    .map(([caseKey, testCase]) => ({ key: node.clean(caseKey), testCase }));
  const names = cases.map(({ key, testCase }) => nameOf(key, testCase));
  const seen = new Set<string>();
  const shared = new Set(names.filter((name) => {
    const isShared = seen.has(name);
    seen.add(name);
    return isShared;
  }));
  return {
    key,
    name: nameOf(key, node),
    status: statusOf(node),
    group: node.get("group").line,
    duration: durationOf(node),
    cases: cases.map(({ key, testCase }) => ({
      ...describeCase(key, testCase),
      isNameShared: shared.has(nameOf(key, testCase)),
    })),
    artifact: artifactOf(node.get("artifact")),
  };
}

function describeCase(
  key: string,
  node: JsonNode,
): Omit<CaseView, "isNameShared"> {
  const attempt = node.get("attempt");
  return {
    key,
    name: nameOf(key, node),
    status: statusOf(node),
    group: node.get("group").line,
    duration: durationOf(node),
    attempts: (attempt.number ?? 0) > 1 ? attempt.literal : undefined,
    hasFailedFixture: statusOf(node) === "failed" && attempt.number === 0,
    assertion: node.get("assertion_msg").lines,
    messages: messagesOf(node.get("msg")),
    measurements: node.get("measurements").elements().map(readMeasurement),
    chart: readChart(node.get("chart")),
    artifact: artifactOf(node.get("artifact")),
  };
}

/** An object of texts; a plain text or a list of them in documents made by hand. */
function messagesOf(node: JsonNode): string[][] {
  const entries = node.entries();
  if (entries.length > 0) {
    return entries.map(([key, text]) => named(node.clean(key), text.lines));
  }
  const elements = node.elements();
  if (elements.length > 0) return elements.map((element) => element.lines);
  return node.isString ? [node.lines] : [];
}

const RANDOM_KEY = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** HardPy makes up a random key where the author gives none. */
function named(key: string, lines: string[]): string[] {
  const [first = "", ...rest] = lines;
  return RANDOM_KEY.test(key) || key === ""
    ? lines
    : [`${key}: ${first}`, ...rest];
}

function nameOf(key: string, node: JsonNode): string {
  return node.get("name").line || key || "(no name)";
}

function statusOf(node: JsonNode): string {
  return node.get("status").line ?? "";
}

function durationOf(node: JsonNode): string | undefined {
  return durationText(
    node.get("start_time").number,
    node.get("stop_time").number,
  );
}
