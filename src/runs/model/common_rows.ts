import { status, text, wholeNumber } from "./scalars.ts";
import { orNull, required, type Rows, stored } from "./types.ts";

/** What begins a run, a module and a case, in every HardPy version. */
export const outcome: Rows = {
  status: required(status),
  "stop_time": required(orNull(wholeNumber)),
  "start_time": required(orNull(wholeNumber)),
  name: required(text),
};

/** The storage's revision and key; `checkSchema` says which of their names a run needs. */
export const identity: Rows = {
  rev: stored(text, "_rev"),
  id: stored(text, "_id"),
};
