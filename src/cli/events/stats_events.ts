/** `stats --csv`: a table was written. */
export interface TableEvent {
  readonly event: "table";
  readonly file: string;
}

/** `stats --explain`: what a number means. */
export interface ExplanationEvent {
  readonly event: "explanation";
  /** As in the events; further names of the same number follow. */
  readonly names: readonly string[];
  readonly meaning: string;
  readonly computed: string;
  /** Where the definition comes from. */
  readonly source: string;
}
