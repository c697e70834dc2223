import { rootOf } from "../../src/runs/json/slices.ts";
import { wireForm } from "../../src/runs/wire_form.ts";
import { fromRoot } from "../compile/paths.ts";

/** Documents that HardPy wrote; they become as large as real ones by having more modules. */
const SOURCES = [
  "hardpy-0.22.1/sensor_board_passed.jsonloader.json",
  "hardpy-0.22.1/sensor_board_failed.runstore.json",
  "samples/13_raw_runstore_jsonstorage_0.22.1.json",
  "samples/17_jsonloader_report_0.22.1.json",
];
const BYTES = 60_000;

type Json = Record<string, unknown>;

export interface RunDocumentOptions {
  /** Default 60,000. */
  readonly bytes?: number;
  /** Default "stored": indented, under the names of HardPy's storage. "sent": as it is uploaded. */
  readonly form?: "stored" | "sent";
}

/** Writes `count` run documents of about that size into `folder`, no two alike. */
export async function writeRunDocuments(
  folder: string,
  count: number,
  options: RunDocumentOptions = {},
): Promise<string[]> {
  const sources = await readSources();
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const path = `${folder}/run_${String(index).padStart(5, "0")}.json`;
    await Deno.writeTextFile(path, documentOf(sources, index, options));
    paths.push(path);
  }
  return paths;
}

/** Writes many that differ in their serial number only, as fast as the disk takes them. */
export async function writeSimilarDocuments(
  folder: string,
  count: number,
  options: RunDocumentOptions = {},
): Promise<void> {
  const text = documentOf(await readSources(), 0, options);
  const [before, after] = text.split('"SN-0"');
  if (after === undefined) throw new Error("no serial number to replace");
  const write = async (index: number) => {
    const path = `${folder}/run_${String(index).padStart(6, "0")}.json`;
    await Deno.writeTextFile(path, `${before}"SN-${index}"${after}`);
  };
  for (let index = 0; index < count; index += PARALLEL) {
    const length = Math.min(PARALLEL, count - index);
    await Promise.all(Array.from({ length }, (_, i) => write(index + i)));
  }
}

const PARALLEL = 32;

async function readSources(): Promise<Json[]> {
  return await Promise.all(SOURCES.map(async (name) => {
    const path = fromRoot(`tests/testdata/runs/${name}`);
    return JSON.parse(await Deno.readTextFile(path)) as Json;
  }));
}

function documentOf(
  sources: readonly Json[],
  index: number,
  { bytes = BYTES, form = "stored" }: RunDocumentOptions,
): string {
  const source = sources[index % sources.length] ?? {};
  const indent = form === "stored" ? 2 : 0;
  const text = enlarged(source, index, { bytes, indent });
  return form === "stored" ? text : wireForm(text, rootOf(text));
}

function enlarged(
  source: Json,
  index: number,
  { bytes, indent }: { bytes: number; indent: number },
): string {
  const modules: Json = { ...(source["modules"] as Json) };
  const dut = { ...(source["dut"] as Json), "serial_number": `SN-${index}` };
  const run = { ...source, dut, modules };
  const copies = Object.entries(modules).map(([key, module]) =>
    [key, sound(module as Json)] as const
  );
  let text = JSON.stringify(run, null, indent);
  for (let round = 2; text.length < bytes; round++) {
    for (const [key, module] of copies) {
      modules[`${key}_${round}`] = varied(module, index * 31 + round);
      text = JSON.stringify(run, null, indent);
      if (text.length >= bytes) break;
    }
  }
  return text;
}

/** The copies have nothing to find: each document keeps the few findings it has. */
function sound(module: Json): Json {
  return JSON.parse(JSON.stringify(module), (key, value) => {
    if (key === "unit") return value ?? "1";
    if (key === "measurements") {
      return (value as Json[]).filter(({ result }) => result !== false)
        .map((one) => one["type"] === "numeric" ? { unit: "1", ...one } : one);
    }
    if (key === "chip_id") return String(value);
    return key === "name" && /^test_/.test(value) ? `Case ${value}` : value;
  });
}

/** Other numbers of the same length, so that the parser's caches do not help. */
function varied(module: Json, seed: number): Json {
  let state = seed;
  return JSON.parse(JSON.stringify(module), (key, value) => {
    if (key !== "value" || typeof value !== "number") return value;
    state = (state * 1103515245 + 12345) % 2147483648;
    return Number.isInteger(value) ? value : value * (1 + state / 2 ** 55);
  });
}
