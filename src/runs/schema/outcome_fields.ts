import { status, text, wholeNumberOrNull } from "./fields.ts";
import type { Fields } from "./schema.ts";

/** What a run, a module and a case have in common, in every HardPy version. */
export const outcome = {
  status,
  "stop_time": wholeNumberOrNull,
  "start_time": wholeNumberOrNull,
  name: text,
} satisfies Fields;
