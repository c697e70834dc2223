import { join } from "node:path";
import { Collector } from "../../stats/collect/collector.ts";
import {
  type Computed,
  computeStatistics,
} from "../../stats/compute/statistics.ts";
import type { Grouping, StatisticsEvent } from "../../stats/events.ts";
import {
  type Bound,
  type FilterName,
  type Filters,
  RunFilter,
  TEXT_FILTERS,
} from "../../stats/filters.ts";
import { LocalDays } from "../../stats/local_days.ts";
import { collectRuns } from "../../stats/read_runs.ts";
import type { Statistics } from "../../stats/statistics.ts";
import {
  findRunSources,
  isRunFile,
  noRuns,
  placeNames,
  type Places,
} from "../../sources/find_runs.ts";
import { AppError } from "../../system/app_error.ts";
import { cleanLine } from "../clean.ts";
import type { CommandInput } from "../command_input.ts";
import { type CommonFlags, kebab } from "../flags.ts";
import { placesOf, withHardpysDatabase } from "../places.ts";

export interface StatsFlags extends CommonFlags {
  readonly since?: Bound;
  readonly until?: Bound;
  readonly partNumber?: readonly string[];
  readonly serialNumber?: readonly string[];
  readonly stand?: readonly string[];
  readonly batch?: readonly string[];
  readonly process?: readonly string[];
  readonly operator?: readonly string[];
  readonly by?: Grouping;
  readonly timezone?: string;
  readonly allAttempts?: boolean;
  readonly manual?: boolean;
  readonly database?: boolean;
  readonly explain?: string;
  readonly csv?: string;
  readonly html?: string;
}

type Input = CommandInput<StatsFlags>;

/** Reads many runs, and tells what they say together. */
export async function stats(
  input: Input,
  paths: readonly string[],
): Promise<number> {
  const { flags } = input;
  if (flags.explain !== undefined) {
    const { tellNumber } = await import("../stats_explain.ts");
    return tellNumber(input, flags.explain);
  }
  requireTarget(flags);
  const collected = await collect(input, await placesFor(input, paths));
  const { statistics } = collected.computed;
  await writeTables(input, collected);
  await writePage(input, statistics);
  if (flags.html !== "-") await print(input, statistics);
  const { unreadable, not_json: notJson } = statistics.stats.left_out;
  return unreadable + notJson > 0 ? 5 : 0;
}

function requireTarget({ html, json }: StatsFlags): void {
  if (html === "-" && json) {
    throw new AppError("usage", "--json and --html - both write to stdout");
  }
  if (html === undefined || !isRunFile(html)) return;
  throw new AppError(
    "usage",
    `--html FILE is the page to write, and "${html}" is named like a run document`,
    { hints: ["give a name like stats.html"] },
  );
}

async function placesFor(
  input: Input,
  paths: readonly string[],
): Promise<Places> {
  const places = placesOf(input, paths);
  if (input.flags.database) return await withHardpysDatabase(input, places);
  if (paths.length > 0) return places;
  throw new AppError("usage", "No PATH is given", {
    hints: ["standcloud stats PATH... reads files and folders"],
  });
}

interface Collected {
  readonly collector: Collector;
  readonly computed: Computed;
}

async function collect(
  { system, output, flags }: Input,
  places: Places,
): Promise<Collected> {
  const started = system.clock.monotonic();
  const days = new LocalDays(flags.timezone);
  const collector = new Collector({
    filter: new RunFilter(filtersOf(flags), days),
    manual: flags.manual ?? false,
    allAttempts: flags.allAttempts ?? false,
    keepsAll: flags.csv !== undefined,
  });
  const note = (text: string) => output.aside(text);
  const sources = await findRunSources(system, places, note);
  const total = sources.length;
  let shownAt = started;
  await collectRuns(system, sources, collector, (done) => {
    if (system.clock.monotonic() - shownAt < REDRAW_MILLISECONDS) return;
    shownAt = system.clock.monotonic();
    output.status.show(`${done} of ${total} sources read`);
  });
  output.status.show("");
  if (collector.documents === 0) throw noRuns(placeNames(places)[0] ?? "");
  const computed = computeStatistics(collector, {
    by: flags.by ?? "stand",
    days,
    filterWords: filterWords(flags),
    now: system.clock.now(),
    seconds: () => (system.clock.monotonic() - started) / 1000,
  });
  return { collector, computed };
}

function filtersOf(flags: StatsFlags): Filters {
  const { since, until } = flags;
  const texts = TEXT_FILTERS.map((name) => [name, flags[name]]);
  return { since, until, ...Object.fromEntries(texts) };
}

/** Often enough to look alive. */
const REDRAW_MILLISECONDS = 100;

/** `--stand eol-2 --stand eol-3`, by the name of the filter. */
function filterWords(flags: StatsFlags): Map<FilterName, string> {
  const words = new Map<FilterName, string>();
  const note = (name: FilterName, texts: readonly string[]) =>
    words.set(
      name,
      texts.map((text) =>
        `--${kebab(name)} ${
          /^[\w.:+-]+$/.test(text) ? text : JSON.stringify(text)
        }`
      ).join(" "),
    );
  for (const name of ["since", "until"] as const) {
    const bound = flags[name];
    if (bound !== undefined) note(name, [bound.text]);
  }
  for (const name of TEXT_FILTERS) {
    const texts = flags[name];
    if (texts !== undefined) note(name, texts);
  }
  return words;
}

async function writeTables(
  { system, output, flags: { csv } }: Input,
  { collector, computed: { statistics, order, allUnits } }: Collected,
): Promise<void> {
  if (csv === undefined) return;
  const { measurementsCsv } = await import(
    "../../stats/csv/measurements_csv.ts"
  );
  const { yieldsCsv } = await import("../../stats/csv/yields_csv.ts");
  await system.outputFiles.makeFolder(csv);
  const tables = [
    ["measurements", measurementsCsv(collector, { order, units: allUnits })],
    ["yields", yieldsCsv(statistics.yields)],
  ] as const;
  for (const [name, lines] of tables) {
    const file = join(csv, `${name}.csv`);
    // The user named the folder: a link in it is not followed.
    await system.outputFiles.writeBeside(file, lines);
    output.notice({ event: "table", file }, `Wrote ${file}`);
  }
}

async function writePage(
  { system, output, flags: { html: file } }: Input,
  statistics: Statistics,
): Promise<void> {
  if (file === undefined) return;
  const { statisticsPage } = await import(
    "../../stats/html/statistics_page.ts"
  );
  const page = await statisticsPage(statistics);
  if (file === "-") return system.terminal.writeStdout(page);
  await system.outputFiles.write(file, page);
  const { runs } = statistics.stats;
  output.notice({ event: "page", file, runs, hidden: 0 }, `Wrote ${file}`);
}

async function print(
  { output, flags }: Input,
  statistics: Statistics,
): Promise<void> {
  if (flags.json) {
    for (const event of eventsOf(statistics)) {
      output.line(JSON.stringify(event));
    }
    return;
  }
  const { statsText } = await import("../../stats/text/stats_text.ts");
  const lines = statsText(statistics, {
    all: flags.verbose ?? false,
    clean: cleanLine,
  });
  output.laidOut(`${lines.join("\n")}\n`);
}

/** In the order of the contract; `stats` comes last. */
function* eventsOf(statistics: Statistics): Generator<StatisticsEvent> {
  yield* statistics.yields;
  yield* statistics.failures;
  yield* statistics.cases;
  for (const { event } of statistics.measurements) yield event;
  for (const { event } of statistics.units) yield event;
  yield* statistics.warnings;
  yield statistics.stats;
}
