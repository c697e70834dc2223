import { dirname, join } from "node:path";
import { runFile } from "./runs.ts";

type Json = Record<string, unknown>;

const REPORT: Json = JSON.parse(
  await Deno.readTextFile(runFile("minimum.jsonloader")),
);
const UUID = "01a22c89-d2bd-78a4-87b8-de747253978f";
const HASH = "6f1ed002ab5595859014ebf0951522d9";

/** Keys that the lean record of HardPy 0.23+ leaves out when nothing was set. */
const LEAN = ["user", "batch_serial_number", "error_code", "artifact"];

/** How one run is changed, so that it is another one. */
export type Changes = Readonly<Record<string, unknown>>;

/** A run in the form in which one of HardPy's places holds it, and its path there. */
export interface StoredForm {
  readonly name: string;
  readonly path: string;
  document(changes?: Changes): Json;
}

/** What a post-run function has set. */
const ADDED = {
  artifact: { label: "printed" },
  dut: { ...REPORT["dut"] as Json, "serial_number": "SN-1" },
};

function full(changes: Changes): Json {
  const { rev: _rev, id: _id, ...run } = REPORT;
  return { ...run, ...ADDED, ...changes };
}

/** As HardPy stores it before post-run functions: lean, without a serial number. */
function lean(changes: Changes): Json {
  const { ...run } = full(changes);
  const dut = { ...run["dut"] as Json, "serial_number": null };
  for (const key of LEAN) delete run[key];
  return { ...run, dut };
}

/** As HardPy's autosync stores it after a POST that failed. */
function filled(changes: Changes): Json {
  const run = full(changes);
  const dut = run["dut"] as Json;
  const number = dut["part_number"] || "unknown";
  const stand = run["test_stand"] as Json;
  return {
    ...run,
    dut: { ...dut, "part_number": number, name: dut["name"] || number },
    "test_stand": { ...stand, name: stand["name"] || "unknown" },
  };
}

const STORAGE = ".hardpy/storage";

/** All forms of one run, by JSON storage and by CouchDB (as files of an export). */
export const STORED_FORMS: readonly StoredForm[] = [
  {
    name: "history",
    path: `${STORAGE}/runstore/1796043538656.json`,
    document: (changes = {}) => ({ _id: "1796043538656", ...lean(changes) }),
  },
  {
    name: "history of CouchDB",
    path: "couchdb/history.json",
    document: (changes = {}) => ({
      ...lean(changes),
      _id: "1796043538656",
      _rev: `1-${HASH}`,
    }),
  },
  {
    name: "record",
    path: `${STORAGE}/runstore/localhost_8000.json`,
    document: (changes = {}) => ({
      _id: "localhost_8000",
      _rev: "localhost_8000",
      ...full(changes),
    }),
  },
  {
    name: "report",
    path: `reports/${UUID}.json`,
    document: (changes = {}) => ({
      ...full(changes),
      rev: "localhost_8000",
      id: UUID,
    }),
  },
  {
    name: "report of CouchDB",
    path: "couchdb/report.json",
    document: (changes = {}) => ({
      _id: "report_1796043538_SN-1",
      _rev: `1-${HASH}`,
      ...full(changes),
    }),
  },
  {
    name: "tempstore",
    path: `${STORAGE}/tempstore/${UUID}.json`,
    document: (changes = {}) => ({
      ...filled(changes),
      rev: "localhost_8000",
      _id: UUID,
      _rev: UUID,
    }),
  },
];

/** Long enough ago: nothing writes to it any more. */
const A_MINUTE = 60_000;

/** Puts a run in a stored form where HardPy put it a while ago. */
export function store(
  folder: string,
  form: StoredForm,
  changes: Changes = {},
): Promise<string> {
  const text = JSON.stringify(form.document(changes));
  return storeText(join(folder, form.path), text);
}

/** Writes a file as if nobody had written to it for a while. */
export async function storeText(path: string, text: string): Promise<string> {
  await Deno.mkdir(dirname(path), { recursive: true });
  await Deno.writeTextFile(`${path}.tmp`, text);
  const then = new Date(Date.now() - A_MINUTE);
  await Deno.utime(`${path}.tmp`, then, then);
  await Deno.rename(`${path}.tmp`, path);
  return path;
}

/** The stored form of that name. */
export function formOf(name: string): StoredForm {
  const form = STORED_FORMS.find((one) => one.name === name);
  if (form === undefined) throw new Error(`No stored form "${name}"`);
  return form;
}
