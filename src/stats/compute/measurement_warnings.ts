import type { Collector } from "../collect/collector.ts";
import { MOST_MEASUREMENTS } from "../collect/entry_table.ts";
import type { MeasurementEvent, WarningEvent } from "../events.ts";
import { counted, ofAll, warning } from "./warning.ts";

export function measurementWarnings(
  events: readonly MeasurementEvent[],
): WarningEvent[] {
  const numeric = events.filter(({ kind }) => kind === "numeric");
  // One event stands for all limit sets of its measurement.
  const newest = numeric.filter((event) => event.limit_set === 1);
  const vary = newest.filter(({ verdict }) => verdict === "limits_vary");
  const changed = newest.filter((event) =>
    event.limit_sets > 1 && event.verdict !== "limits_vary"
  );
  const units = Map.groupBy(
    newest,
    ({ part_number: part, process, module, case: name, ...event }) =>
      JSON.stringify([part, process, module, name, event.name, event.index]),
  );
  const unitChanged = [...units.values()].filter(({ length }) => length > 1)
    .map(([first]) => first === undefined ? "" : nameOf(first));
  const [onlyChanged] = changed;
  return [
    warning(
      "limits_changed",
      ofAll(changed.map(nameOf)),
      (n) =>
        n === 1 && onlyChanged !== undefined
          ? `limits of ${shortName(onlyChanged)} changed on ${
            onlyChanged.first_time?.slice(0, 10)
          }: the newest are shown`
          : `limits of ${n} measurements changed: the newest are shown`,
    ),
    warning(
      "limits_vary",
      ofAll(vary.map(nameOf)),
      (n) =>
        `limits of ${
          counted(n, "measurement")
        } differ from unit to unit: no capability`,
    ),
    warning(
      "unit_changed",
      ofAll(unitChanged),
      (n) =>
        n === 1
          ? `the unit of measure of ${
            unitChanged[0]
          } changed: each unit of measure counts apart`
          : `the unit of measure of ${n} measurements changed: each unit of measure counts apart`,
    ),
  ];
}

function shortName({ name, case: testCase }: MeasurementEvent): string {
  return name ?? testCase;
}

function nameOf(event: MeasurementEvent): string {
  const { part_number: part, process } = event;
  return [part, process, shortName(event)].filter((text) => text !== null)
    .join(" ");
}

/** More are names that differ from run to run. */
const MANY_NAMES = 1000;

export function manyNames({ cases, entries }: Collector): WarningEvent {
  const many = cases.records.filter(({ measurements }) =>
    measurements.size > MANY_NAMES
  ).map(({ module, name, measurements }) =>
    `${module}::${name} (${measurements.size})`
  );
  const left = entries.leftOut === 0
    ? ""
    : `. ${entries.leftOut} values beyond ${MOST_MEASUREMENTS} measurements are left out`;
  return warning(
    "many_names",
    ofAll(many),
    (n) =>
      `the measurements of ${
        counted(n, "case")
      } have more than ${MANY_NAMES} names, ` +
      `so their values cannot be put together: use the same name in each run${left}`,
  );
}
