import { type Edit, edited } from "./edits.ts";

interface Base {
  /** Below tests/testdata/runs. */
  readonly file: string;
  readonly edits?: readonly Edit[];
  /** How often it is mutated, compared with the others. */
  readonly weight: number;
}

const RUNS = new URL("../../testdata/runs/", import.meta.url);

const instrument = ["test_stand", "instruments", 0];
/** HardPy 0.15 had no numbers of an instrument, and no null in an info. */
const before016: readonly Edit[] = [
  { drop: [...instrument, "serial_number"] },
  { drop: [...instrument, "part_number"] },
  { set: ["dut", "info", "note"], to: '"none"' },
];

/** Documents of every generation and stored form, to be mutated. */
export const BASES: Readonly<Record<string, Base>> = {
  "0.10": { file: "samples/04_old_drivers_failed_wire_0.10.1.json", weight: 7 },
  "0.12": { file: "samples/01_min_pass_wire_0.12.json", weight: 4 },
  "0.12 stopped": { file: "samples/05_stopped_wire_0.12.json", weight: 4 },
  "0.15": {
    file: "samples/07_failed_wire_0.16.json",
    edits: before016,
    weight: 3,
  },
  "0.15 stored": {
    file: "samples/11_couchdb_report_0.19.1.json",
    edits: [...before016, { set: ["_id"], to: '"current"' }],
    weight: 3,
  },
  "0.16": { file: "samples/07_failed_wire_0.16.json", weight: 2 },
  "0.19": { file: "samples/11_couchdb_report_0.19.1.json", weight: 2 },
  "0.22 unfilled": {
    file: "samples/09_min_unfilled_wire_0.22.1.json",
    weight: 1,
  },
  "0.22 stored": {
    file: "samples/13_raw_runstore_jsonstorage_0.22.1.json",
    weight: 2,
  },
  "0.22 waiting": {
    file: "samples/15_tempstore_jsonstorage_0.22.1.json",
    weight: 2,
  },
  "0.22 minimum": { file: "hardpy-0.22.1/minimum.runstore.json", weight: 1 },
  "0.22 state": { file: "hardpy-0.22.1/minimum.statestore.json", weight: 1 },
  "0.22 failed": {
    file: "hardpy-0.22.1/sensor_board_failed.jsonloader.json",
    weight: 1,
  },
  "0.22 passed": {
    file: "hardpy-0.22.1/sensor_board_passed.runstore.json",
    weight: 1,
  },
};

const texts = new Map<string, string>();

/** The text of a base, on one line. */
export function readBase(name: string): string {
  const known = texts.get(name);
  if (known !== undefined) return known;
  const base = BASES[name];
  if (base === undefined) throw new Error(`There is no base ${name}`);
  const source = Deno.readTextFileSync(new URL(base.file, RUNS));
  const text = edited(source, base.edits ?? []);
  texts.set(name, text);
  return text;
}
