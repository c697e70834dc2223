import type { FaultAction } from "../../../scripts/sandbox/fault_types.ts";

/** One way in which StandCloud misbehaves, and what comes of it. */
export interface FaultRow {
  /** What StandCloud does, as the end of a sentence. */
  readonly name: string;
  /** Done to uploads; undefined: the network is cut. */
  readonly action: FaultAction | undefined;
  /** How many uploads it is done to, of one file's and of a folder's; default all. */
  readonly times?: readonly [file: number, folder: number];
  /** Of the first upload; default `--retry-for 0`. */
  readonly flags?: readonly string[];
  readonly exitCode: number;
  /** Of all reports in the ledger afterwards. */
  readonly state: "uploaded" | "waiting" | "rejected";
  /** Of the first report. */
  readonly httpStatus: number | null;
}
