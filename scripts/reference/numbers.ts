import { explanations } from "../../src/stats/explain/explanations.ts";
import type { Rows } from "./table.ts";

/** Every number of `stats`; `--explain` also says how it is computed. */
export function numberRows(): Rows {
  return [
    ["number", "meaning", "source"],
    ...explanations.map(({ names, meaning, source }) => [
      names.map((name) => `\`${name}\``).join(", "),
      meaning,
      source,
    ]),
  ];
}
