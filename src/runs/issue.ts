import { offsetsOf } from "./json/offsets.ts";
import type { Run } from "./run.ts";

export type Severity = "error" | "warning" | "info";

/** Something about a run document that a person should know or mend. */
export interface Finding {
  readonly severity: Severity;
  /** Stable word. */
  readonly rule: string;
  /** JSON Pointer (RFC 6901) into the document. */
  readonly path: string;
  readonly message: string;
  /** What to do: the HardPy function or marker, or a command. */
  readonly fix: string;
}

/** A finding and where it is in the source. */
export interface Issue extends Finding {
  readonly line: number;
  readonly column: number;
  /** This stands for so many findings of its rule that are not told one by one. */
  readonly more?: number;
}

/** A finding that may know its place already. */
export type PlacedFinding = Finding & { readonly offset?: number };

/** The same findings with their places, in the order of the text. */
export function located(
  run: Run,
  findings: readonly PlacedFinding[],
  { hasUniqueKeys }: { readonly hasUniqueKeys: boolean },
): Issue[] {
  if (findings.length === 0) return [];
  const found = offsetsOf(
    { text: run.text, root: run.slice, hasUniqueKeys },
    findings.filter(({ offset }) => offset === undefined)
      .map(({ path }) => path),
  );
  const offsetOf = ({ path, offset }: PlacedFinding) =>
    offset ?? found.get(path) ?? run.slice.start;
  return findings
    .toSorted((a, b) => offsetOf(a) - offsetOf(b))
    .map((finding) => {
      const { offset: _offset, ...rest } = finding;
      return { ...rest, ...run.lines.positionOf(offsetOf(finding)) };
    });
}
