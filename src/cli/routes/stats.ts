import type { StatsFlags } from "../commands/stats.ts";
import { GROUPINGS } from "../../stats/events.ts";
import { commonFlags, oneOf, text, toggle } from "../flags.ts";
import { perform } from "../perform.ts";
import { proposeFiles, proposeNumbers } from "../proposals.ts";
import { parseBound, parseTimeZone } from "../stats_flags.ts";
import { buildCommand } from "../command.ts";
import { when } from "../when.ts";

/** A filter that may be given several times: a run fits with any of the texts. */
function texts(brief: string) {
  return {
    ...text(`Only runs ${brief}; may be repeated`, "TEXT"),
    variadic: true,
  } as const;
}

/** `standcloud stats PATH…`. */
export const statsCommand = buildCommand<StatsFlags, string[]>({
  loader: async () => {
    const { stats } = await import("../commands/stats.ts");
    return function (flags, ...paths) {
      return perform(this, flags, (input) => stats(input, paths));
    };
  },
  parameters: {
    positional: {
      kind: "array",
      parameter: {
        brief: "Run files, folders, - for stdin, URLs of CouchDB",
        placeholder: "PATH",
        parse: String,
        proposeCompletions: proposeFiles,
      },
    },
    flags: {
      since: when(
        "Only runs from this day or time on: 2026-03-01, yesterday, 7d",
        parseBound,
      ),
      until: when("Only runs up to this day, or before this time", parseBound),
      partNumber: texts("of this part number"),
      serialNumber: texts("of this serial number"),
      stand: texts('of this stand ("": without a name)'),
      batch: texts("of this batch"),
      process: texts("of this process"),
      operator: texts("of this operator"),
      by: {
        ...oneOf("How the yields are grouped", GROUPINGS),
        brief:
          "Group by stand (default), day, week, batch, part-number, operator, process",
        placeholder: "GROUP",
      },
      timezone: {
        ...text("For days and weeks (default: that of each run)", "ZONE"),
        parse: parseTimeZone,
      },
      allAttempts: toggle("Measurements of every attempt, not only the first"),
      manual: toggle("Count runs of HardPy's manual mode too"),
      database: toggle("Also what is in the database of hardpy.toml"),
      explain: text(
        "Explain a number: fpy, ppk, drift, ...",
        "NAME",
        proposeNumbers,
      ),
      csv: text("Also write measurements.csv and yields.csv into it", "FOLDER"),
      html: text("Also write a page, - for stdout", "FILE"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Show what many runs say: yield, failures, capability, drift",
    customUsage: [
      "[FLAGS] PATH...",
      "[FLAGS] --database [PATH...]",
      "--explain NAME",
    ],
    examples: [["stats reports", "Yield, failures, capability and drift"], [
      "stats reports --by week --since 2026-01-01",
      "The yield of each week",
    ], ["stats reports --html stats.html", "Write a page for a browser"]],
    fullDescription:
      `Show what many runs say: yield, failures, capability, drift.

No network and no login are needed. Each run counts once, however many copies
of it there are. The first attempt of each unit decides about the first pass
yield and the measurements. --verbose shows all rows; --explain NAME says what
a number means. Exit code 5 means that a document was not readable: the numbers
are there, but a run may be missing in them.`,
  },
});
