/** One object of `--json`. Two events of one name differ in the command they come from. */
export interface DescribedEvent {
  readonly event: string;
  readonly from: string;
  /** The names of all members beside `event`, with spaces between them. */
  readonly members: string;
  /** For members that need one. */
  readonly notes?: Readonly<Record<string, string>>;
}
