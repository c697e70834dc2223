import type { JsonNode } from "./json_node.ts";
import type { CaseView, Cause, ModuleView } from "./view.ts";

/**
 * Why a run did not pass: the case that the document names, else the first
 * that failed, else the first that was stopped.
 */
export function findCause(
  root: JsonNode,
  modules: readonly ModuleView[],
): Cause | undefined {
  const id = root.get("caused_dut_failure_id").line;
  const errorCode = root.get("error_code").line;
  const status = root.get("status").line ?? "";
  if (id !== undefined) {
    const { module, testCase } = find(id, modules);
    return { kind: "failure", module, testCase, id, isNamed: true, errorCode };
  }
  if (status === "passed") return undefined;
  const failed = firstCase(modules, ["failed", "error"]);
  const stopped = firstCase(modules, ["stopped"]);
  const found = failed ?? stopped;
  if (found === undefined && errorCode === undefined) return undefined;
  return {
    kind: failed === undefined && stopped !== undefined ? "stop" : "failure",
    module: found?.module,
    testCase: found?.testCase,
    id: found === undefined ? "" : `${found.module.key}::${found.testCase.key}`,
    isNamed: false,
    errorCode,
  };
}

/** `module::case`; either key may hold `::` itself. */
function find(
  id: string,
  modules: readonly ModuleView[],
): { module: ModuleView | undefined; testCase: CaseView | undefined } {
  const module = modules
    .filter(({ key }) => id === key || id.startsWith(`${key}::`))
    .sort((a, b) => b.key.length - a.key.length)[0];
  const testCase = module?.cases.find(({ key }) =>
    id === `${module.key}::${key}`
  );
  return { module, testCase };
}

function firstCase(
  modules: readonly ModuleView[],
  statuses: readonly string[],
): { module: ModuleView; testCase: CaseView } | undefined {
  for (const module of modules) {
    const testCase = module.cases.find(({ status }) =>
      statuses.includes(status)
    );
    if (testCase !== undefined) return { module, testCase };
  }
  return undefined;
}
