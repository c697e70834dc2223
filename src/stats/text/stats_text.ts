import type { WarningEvent } from "../events.ts";
import type { Statistics } from "../statistics.ts";
import { counted } from "../compute/warning.ts";
import { groupTable } from "./group_table.ts";
import { hanging } from "./layout.ts";
import { signalLines } from "./signals.ts";
import {
  failureTable,
  measurementTable,
  type TextOptions,
  yieldTable,
} from "./tables.ts";

/** What many runs say together, in lines of at most 80 columns. */
export function statsText(
  statistics: Statistics,
  options: TextOptions,
): string[] {
  if (statistics.stats.runs === 0) return nothingLines(statistics, options);
  const signals = signalLines(statistics, options);
  const group = groupTable(statistics, options);
  // Signals are about stands.
  const isByStand = statistics.by === "stand";
  return [
    ...headLines(statistics, options),
    ...yieldTable(statistics, options),
    ...failureTable(statistics, options),
    ...measurementTable(statistics, options),
    ...(isByStand || signals.length === 0 ? [] : ["", "stands", ...signals]),
    ...group,
    ...(isByStand ? signals : []),
    ...noteLines(statistics, options),
  ];
}

function headLines(statistics: Statistics, options: TextOptions): string[] {
  const { stats, firstDay, lastDay } = statistics;
  const span = firstDay === null || lastDay === null
    ? ""
    : firstDay === lastDay
    ? `, ${firstDay}`
    : `, ${firstDay} to ${lastDay}`;
  const units = stats.units === 0 ? "" : ` of ${counted(stats.units, "unit")}`;
  const stands = stats.stands === 0
    ? ""
    : ` on ${counted(stats.stands, "stand")}`;
  return [
    `${counted(stats.runs, "run")}${units}${stands}${span}`,
    ...leftOutLines(statistics, options),
  ];
}

const DOCUMENT_CODES: readonly WarningEvent["code"][] = [
  "unreadable",
  "not_json",
  "not_run",
  "unfinished",
  "no_time",
  "manual_mode",
  "copies",
];

function leftOutLines(
  statistics: Statistics,
  { all, clean }: TextOptions,
): string[] {
  const { stats, filters, warnings } = statistics;
  const { filtered, ...rest } = stats.left_out;
  const left = Object.values(rest).reduce((sum, count) => sum + count, 0);
  const copies = stats.copies === 1 ? "copy" : "copies";
  const parts = [
    ...(stats.copies > 0 ? [`${stats.copies} ${copies} of runs`] : []),
    ...(left > 0 ? [`${counted(left, "document")} left out`] : []),
  ];
  const hint = all ? "" : " (--verbose says which)";
  const removed = filters.length === 0 ? [] : hanging(
    "",
    `${filters.map(clean).join(" ")}: ${counted(filtered, "run")} left out`,
  );
  const which = warnings.filter(({ code }) => DOCUMENT_CODES.includes(code))
    .flatMap((warning) => warningLines("  ", warning, { all, clean }));
  return [
    ...(parts.length > 0 ? [parts.join(", ") + hint] : []),
    ...(all ? which : []),
    ...removed,
  ];
}

function warningLines(
  label: string,
  { message, examples }: WarningEvent,
  { all, clean }: TextOptions,
): string[] {
  return [
    ...hanging(label, clean(message)),
    ...(all ? examples.map((example) => `      ${clean(example)}`) : []),
  ];
}

function noteLines(statistics: Statistics, options: TextOptions): string[] {
  const notes = statistics.warnings
    .filter(({ code }) => !DOCUMENT_CODES.includes(code))
    .flatMap((warning) => warningLines("note: ", warning, options));
  const few = hasTooFew(statistics)
    ? hanging("note: ", "no measurement has 25 values yet: no capability")
    : [];
  return notes.length + few.length === 0 ? [] : ["", ...few, ...notes];
}

function hasTooFew({ measurements }: Statistics): boolean {
  const events = measurements.map(({ event }) => event);
  return events.some(({ verdict }) => verdict === "too_few") &&
    events.every(({ kind, n }) => kind === "string" || n < 25);
}

/** No run is left: what took them away. */
function nothingLines(
  statistics: Statistics,
  options: TextOptions,
): string[] {
  const { stats, filteredBy } = statistics;
  const { clean } = options;
  return [
    `no run among ${counted(stats.documents, "document")}`,
    ...leftOutLines({ ...statistics, filters: [] }, options),
    ...filteredBy.map(({ filter, runs }) =>
      `${clean(filter)} leaves out ${counted(runs, "run")}`
    ),
  ];
}
