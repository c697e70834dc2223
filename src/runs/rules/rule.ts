import type { Finding, Severity } from "../issue.ts";
import type { RunView } from "./run_view.ts";

/** What `--explain` tells about a rule. */
export interface RuleText {
  /** Stable: what findings, `--json` and `--explain` call it. */
  readonly word: string;
  /** One line for the list of rules. */
  readonly brief: string;
  readonly severities: readonly Severity[];
  /** What it means, and what StandCloud's reader loses. */
  readonly explanation: string;
  /** The HardPy function or marker that mends it, else a sentence. */
  readonly fix: string;
}

/** A value placed into a sound run document, so that the rule speaks or is silent. */
export interface Example {
  /** JSON Pointer of the value. */
  readonly at: string;
  readonly json: string;
}

/** `early`: runs of HardPy 0.10 to 0.14; `current`: those of 0.15 and later. */
export type Profile = "early" | "current" | "both";

/** One thing to know about a run; the rule adds its word, and its fix unless there is one. */
export type Found = Omit<Finding, "rule" | "fix"> & {
  readonly fix?: string;
  /** Where it is in the text, when the path does not tell. */
  readonly offset?: number;
};

/** Findings that are counted, and not told one by one. */
export interface More {
  readonly severity: Severity;
  readonly more: number;
}

/** A rule for run documents, pure and linear in the size of the run. */
export interface Rule extends RuleText {
  readonly profile: Profile;
  /** StandCloud is known to refuse a run with such an error, so it is not sent. */
  readonly blocksUpload?: true;
  /** It also speaks about what is no run: a start that was refused, collected tests. */
  readonly isForEveryDocument?: true;
  readonly failing: Example;
  readonly passing: Example;
  check(run: RunView): Iterable<Found | More>;
}
