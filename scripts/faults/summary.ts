import type { MachineReport } from "./machine.ts";
import { LIMITS, PROMISES } from "./promise.ts";

/** The report as lines: what the commands did under their faults, and which promises were broken. */
export function summaryLines({ results, missed }: MachineReport): string[] {
  const outcomes = [...new Set(results.map(({ outcome }) => outcome))].sort();
  const scenarios = [...new Set(results.map(({ fault }) => fault.scenario))];
  const row = (name: string, counted: typeof results) =>
    [
      name.padEnd(22),
      ...outcomes.map((outcome) =>
        String(counted.filter((one) => one.outcome === outcome).length)
          .padStart(8)
      ),
      String(counted.length).padStart(8),
    ].join(" ");
  const calls = new Set(results.map(({ fault }) => fault.call));
  const broken = results.flatMap((result) => result.broken);
  return [
    ["".padEnd(22), ...[...outcomes, "all"].map((text) => text.padStart(8))]
      .join(" "),
    ...scenarios.map((scenario) =>
      row(scenario, results.filter(({ fault }) => fault.scenario === scenario))
    ),
    row("all", results),
    "",
    `${results.length} faults hit at ${calls.size} system calls; ${missed} met nothing of the stand`,
    ...Object.entries({ ...PROMISES, ...LIMITS }).map(([kind, text]) =>
      `${broken.filter((one) => one.kind === kind).length} ${text}`
    ),
  ];
}
