import type { Found, Rule } from "./rule.ts";
import type { ModuleView, NamedPart } from "./parts.ts";
import { quoted } from "../values.ts";

export const unnamedModule: Rule = {
  word: "unnamed-module",
  brief: "A module has no name of its own",
  severities: ["info"],
  profile: "both",
  explanation:
    `StandCloud's tree of a run shows the names of its modules. Without the marker HardPy takes the name
of the Python file, which says little to the person who repairs the device.`,
  fix: "pytest.mark.module_name",
  failing: { at: "/modules/test_supply/name", json: '"test_supply"' },
  passing: { at: "/modules/test_supply/name", json: '"Supply"' },
  *check({ modules }) {
    for (const module of modules) {
      if (isUnnamed(module, module.key)) yield unnamed("Module", module);
    }
  },
};

export const unnamedCase: Rule = {
  word: "unnamed-case",
  brief: "A case has no name of its own",
  severities: ["info"],
  profile: "both",
  explanation:
    `StandCloud's tree of a run shows the names of its cases, and counts failures by them. Without the
marker HardPy takes the name of the Python function.`,
  fix: "pytest.mark.case_name",
  failing: {
    at: "/modules/test_supply/cases/test_rail/name",
    json: '"test_rail"',
  },
  passing: { at: "/modules/test_supply/cases/test_rail/name", json: '"Rail"' },
  *check({ cases }) {
    for (const one of cases) {
      const isNamed = !isUnnamed(one, one.key) &&
        !isUnnamed(one, withoutParameter(one.key));
      if (!isNamed) yield unnamed("Case", one);
    }
  },
};

/** A name of another type, or none, is what the schema speaks about. */
function isUnnamed({ fields }: NamedPart, key: string): boolean {
  const { name } = fields;
  return name === key || (typeof name === "string" && name.trim() === "");
}

/** `test_rail[3V3]` is `test_rail`, called with a parameter. */
function withoutParameter(key: string): string {
  const bracket = key.indexOf("[");
  return bracket === -1 ? key : key.slice(0, bracket);
}

function unnamed(kind: string, part: NamedPart): Found {
  return {
    severity: "info",
    path: part.path("name"),
    message: `${kind} ${quoted(part.key)} has no name of its own`,
  };
}

export const duplicateCaseName: Rule = {
  word: "duplicate-case-name",
  brief: "Cases of one module share a name",
  severities: ["info"],
  profile: "both",
  explanation:
    `Cases of one name cannot be told apart where StandCloud shows names: in the tree of a run and in
statistics. It happens to parametrised tests: give each parameter a marker of its own
(pytest.param(…, marks=pytest.mark.case_name("…"))).`,
  fix: "pytest.mark.case_name",
  failing: {
    at: "/modules/test_supply/cases/test_rail/name",
    json: '"Standby current"',
  },
  passing: {
    at: "/modules/test_supply/cases/test_rail/name",
    json: '"Rail 3V3"',
  },
  *check({ modules }) {
    for (const module of modules) yield* repeatedNames(module);
  },
};

function* repeatedNames(module: ModuleView): Generator<Found> {
  const counts = new Map<string, number>();
  const seconds: NamedPart[] = [];
  for (const one of module.cases) {
    const count = (counts.get(one.name) ?? 0) + 1;
    counts.set(one.name, count);
    if (count === 2) seconds.push(one);
  }
  for (const one of seconds) {
    yield {
      severity: "info",
      path: one.path("name"),
      message: `${counts.get(one.name)} cases of module ${
        quoted(module.name)
      } are called ${quoted(one.name)}`,
    };
  }
}
