/** Compares two sets of events of `stats`: counts and texts exactly, other numbers to 1e-9. */

export type Event = Readonly<Record<string, unknown>>;

/** The fields that tell the events of a kind apart. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  yield: ["by", "group", "part_number", "process"],
  failure: [
    "by",
    "part_number",
    "process",
    "module",
    "case",
    "error_code",
    "message",
  ],
  case: ["part_number", "process", "module", "case"],
  measurement: [
    "part_number",
    "process",
    "module",
    "case",
    "name",
    "index",
    "unit",
    "kind",
    "limit_set",
  ],
  unit: ["part_number", "process", "serial_number"],
  warning: ["code"],
  stats: [],
};

/** Words of the program, and the time it took. */
const NOT_COMPUTED = ["warning.message", "warning.examples", "stats.seconds"];

const TOLERANCE = 1e-9;

/** @returns a line for each difference. */
export function differencesOf(
  ours: readonly Event[],
  theirs: readonly Event[],
): string[] {
  const [ourEvents, theirEvents] = [keyed(ours), keyed(theirs)];
  const keys = new Set([...ourEvents.keys(), ...theirEvents.keys()]);
  const found = [...keys].flatMap((key) => {
    const [one, other] = [ourEvents.get(key), theirEvents.get(key)];
    if (one === undefined) return [`${key}: only the computation has it`];
    if (other === undefined) return [`${key}: only the program has it`];
    return eventDifferences(one, other).map((line) => `${key} ${line}`);
  });
  return found.length > 0 ? found : orderDifferences(ours, theirs);
}

/** The failures of each ranking have an order. */
function orderDifferences(
  ours: readonly Event[],
  theirs: readonly Event[],
): string[] {
  const rankings = [ours, theirs].map((events) =>
    Map.groupBy(
      events.filter(({ event }) => event === "failure"),
      ({ by, part_number: part, process }) =>
        JSON.stringify([by, part, process]),
    )
  );
  const [one, other] = rankings;
  return [...one ?? []].flatMap(([ranking, events]) => {
    const [a, b] = [events, other?.get(ranking) ?? []].map((some) =>
      some.map(keyOf).join("\n")
    );
    return a === b ? [] : [`the failures ${ranking} are in another order`];
  });
}

function keyed(events: readonly Event[]): Map<string, Event> {
  const byKey = Map.groupBy(events, keyOf);
  return new Map([...byKey].flatMap(([key, some]) => {
    const [first] = some;
    if (first === undefined || some.length > 1) {
      throw new Error(`${some.length} events are ${key}`);
    }
    return [[key, first] as const];
  }));
}

function keyOf(one: Event): string {
  const kind = String(one["event"]);
  const fields = KEYS[kind];
  if (fields === undefined) throw new Error(`unknown event ${kind}`);
  const values = fields.map((field) => JSON.stringify(one[field] ?? null));
  return `${kind} ${values.join(" ")}`;
}

function eventDifferences(ours: Event, theirs: Event): string[] {
  const fields = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
  return [...fields].flatMap((field) => {
    const path = `${ours["event"]}.${field}`;
    if (NOT_COMPUTED.includes(path)) {
      return ours[field] === undefined ? [`${field} is missing`] : [];
    }
    const [one, other] = [ours[field], theirs[field]];
    // The computation lists all sources that can stand for the failure.
    if (path === "failure.example" && Array.isArray(other)) {
      return other.includes(one) ? [] : [`example ${one} is none of ${other}`];
    }
    return valueDifferences(field, one, other);
  });
}

function valueDifferences(
  path: string,
  ours: unknown,
  theirs: unknown,
): string[] {
  if (isParts(ours) && isParts(theirs)) {
    const keys = new Set([...Object.keys(ours), ...Object.keys(theirs)]);
    return [...keys].flatMap((key) =>
      valueDifferences(`${path}.${key}`, ours[key], theirs[key])
    );
  }
  return isSame(ours, theirs)
    ? []
    : [`${path}: ${JSON.stringify(ours)}, computed ${JSON.stringify(theirs)}`];
}

function isParts(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

function isSame(ours: unknown, theirs: unknown): boolean {
  if (typeof ours !== "number" || typeof theirs !== "number") {
    return JSON.stringify(ours) === JSON.stringify(theirs);
  }
  if (Number.isSafeInteger(theirs)) {
    // A whole number may be a count: those are compared exactly.
    return ours === theirs ||
      !Number.isInteger(ours) && isClose(ours, theirs);
  }
  return isClose(ours, theirs);
}

function isClose(ours: number, theirs: number): boolean {
  const size = Math.max(Math.abs(ours), Math.abs(theirs));
  return Math.abs(ours - theirs) <= TOLERANCE * size;
}

/** Whether an event has all the values that were planted, at any depth. */
export function holds(planted: unknown, found: unknown): boolean {
  if (!isParts(planted)) return isSame(found, planted);
  return isParts(found) &&
    Object.entries(planted).every(([key, value]) => holds(value, found[key]));
}
