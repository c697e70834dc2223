import { VERDICT_DIFFERENCES } from "./differences.ts";
import type { Comparison, Finding } from "./compare.ts";
import type { Answer } from "./judge.ts";
import type { Version } from "./versions.ts";
import { WIRE_CAUSES } from "./wire_causes.ts";

export interface Result {
  readonly version: Version;
  readonly answer: Answer;
  readonly comparisons: readonly Comparison[];
}

/** Figures of agreement with one HardPy, a line each. */
export function figures({ version, answer, comparisons }: Result): string[] {
  const accepted = answer.judgements.filter(({ accepted }) => accepted).length;
  const verdicts = comparisons.map(({ verdict }) => verdict);
  const wires = comparisons.map(({ wire }) => wire)
    .filter((wire) => wire !== undefined);
  return [
    `HardPy ${version.hardpy} (pydantic ${answer.pydantic}, generation ` +
    `${version.generation}): accepts ${accepted} of ${comparisons.length}`,
    `  verdict  ${agreement(verdicts)}`,
    `  document ${agreement(wires)}`,
  ];
}

export function agreement(findings: readonly Finding[]): string {
  const same = findings.filter(({ kind }) => kind === "same").length;
  const parts = [...counts(findings)].map(([name, count]) =>
    `${count} ${name}`
  );
  return [`${same} of ${findings.length} the same`, ...parts].join(", ");
}

function counts(findings: readonly Finding[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const finding of findings) {
    const names = finding.kind === "named"
      ? finding.names
      : finding.kind === "unexplained"
      ? ["UNEXPLAINED"]
      : [];
    for (const name of names) found.set(name, (found.get(name) ?? 0) + 1);
  }
  return found;
}

export function namesIn(findings: readonly Finding[]): Set<string> {
  return new Set(counts(findings).keys());
}

/** What each name in the figures means. */
export function legend(results: readonly Result[]): string[] {
  const findings = results.flatMap(({ comparisons }) =>
    comparisons.flatMap(({ verdict, wire }) =>
      wire ? [verdict, wire] : [verdict]
    )
  );
  const seen = counts(findings);
  const line = (name: string, text: string) =>
    seen.has(name) ? [`  ${name}: ${text}`] : [];
  return [
    "Differences in the verdict that are meant:",
    ...VERDICT_DIFFERENCES.flatMap(({ name, reason }) => line(name, reason)),
    "Differences in the document that are meant:",
    ...WIRE_CAUSES.flatMap(({ name, reason }) => line(name, reason)),
  ];
}

/** Each document of which nobody knows why it is judged or sent differently. */
export function unexplained(
  { version, comparisons }: Result,
  nameOf: (index: number) => string,
): string[] {
  return comparisons.flatMap(({ verdict, wire }, index) =>
    [verdict, wire].flatMap((finding) =>
      finding?.kind === "unexplained"
        ? [`HardPy ${version.hardpy}: ${finding.what}\n    ${nameOf(index)}`]
        : []
    )
  );
}
