import type { Chart } from "../../page/chart.ts";
import type { Measurement } from "./measurement.ts";

/** A run as a person reads it: clean texts, nothing missing, nothing huge. */
export interface RunView {
  /** Where it was read from. */
  readonly source: string;
  /** The identity of its content. */
  readonly digest: string | undefined;
  readonly name: string;
  readonly status: string;
  readonly duration: string;
  /** What the run was of, where, and who did it; empty groups are left out. */
  readonly facts: readonly FactGroup[];
  readonly cause: Cause | undefined;
  /** Cases by status. */
  readonly counts: ReadonlyMap<string, number>;
  readonly measurements: { readonly count: number; readonly off: number };
  readonly modules: readonly ModuleView[];
  readonly artifact: Artifact | undefined;
}

export interface FactGroup {
  readonly title: string;
  readonly facts: readonly Fact[];
  /** What a person asks for only rarely: info dictionaries, drivers. */
  readonly more: readonly Fact[];
}

export interface Fact {
  readonly label: string;
  readonly value: string;
}

/** Why a run did not pass. */
export interface Cause {
  readonly kind: "failure" | "stop";
  readonly testCase: CaseView | undefined;
  readonly module: ModuleView | undefined;
  /** As the document has it: `module::case`. */
  readonly id: string;
  /** False when the document names no cause and this is the first that did not pass. */
  readonly isNamed: boolean;
  readonly errorCode: string | undefined;
}

export interface ModuleView {
  readonly key: string;
  readonly name: string;
  readonly status: string;
  readonly group: string | undefined;
  readonly duration: string | undefined;
  readonly cases: readonly CaseView[];
  readonly artifact: Artifact | undefined;
}

export interface CaseView {
  readonly key: string;
  readonly name: string;
  /** Another case of the module has the same name: only the key tells them apart. */
  readonly isNameShared: boolean;
  readonly status: string;
  readonly group: string | undefined;
  readonly duration: string | undefined;
  readonly attempts: string | undefined;
  /** It failed before HardPy called the test: in a fixture. */
  readonly hasFailedFixture: boolean;
  readonly assertion: readonly string[];
  /** One list of lines for each message. */
  readonly messages: readonly (readonly string[])[];
  readonly measurements: readonly Measurement[];
  readonly chart: Chart | undefined;
  readonly artifact: Artifact | undefined;
}

/** Data that a test kept. May be huge: looked at only in parts. */
export interface Artifact {
  /** For example `2 entries, 84 B`. */
  readonly summary: string;
  readonly keys: readonly string[];
  /** Its JSON, cut to `limit` characters. */
  preview(limit: number): string[];
}
