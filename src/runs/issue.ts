/** Something about a run document that a person should mend. */
export interface Issue {
  readonly severity: "error" | "warning";
  /** Stable word. */
  readonly rule: string;
  /** JSON Pointer (RFC 6901) into the document. */
  readonly path: string;
  readonly message: string;
  /** What to do: the HardPy call, or a command. */
  readonly fix: string;
  /** Place in the source, where the document came from a text. */
  readonly line?: number;
  readonly column?: number;
}
