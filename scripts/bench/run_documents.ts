import { fromRoot } from "../compile/paths.ts";

/** Documents that HardPy wrote; they become as large as real ones by having more modules. */
const SOURCES = [
  "hardpy-0.22.1/sensor_board_passed.jsonloader.json",
  "hardpy-0.22.1/sensor_board_failed.runstore.json",
  "samples/13_raw_runstore_jsonstorage_0.22.1.json",
  "samples/17_jsonloader_report_0.22.1.json",
];
const SIZE = 60_000;

type Json = Record<string, unknown>;

/** Writes `count` run documents of about 60 kB into `folder`, no two alike. */
export async function writeRunDocuments(
  folder: string,
  count: number,
): Promise<string[]> {
  const sources = await Promise.all(SOURCES.map(async (name) => {
    const path = fromRoot(`tests/testdata/runs/${name}`);
    return JSON.parse(await Deno.readTextFile(path)) as Json;
  }));
  const paths: string[] = [];
  for (let index = 0; index < count; index++) {
    const source = sources[index % sources.length] ?? {};
    const path = `${folder}/run_${String(index).padStart(5, "0")}.json`;
    await Deno.writeTextFile(path, enlarged(source, index));
    paths.push(path);
  }
  return paths;
}

function enlarged(source: Json, index: number): string {
  const modules: Json = { ...(source["modules"] as Json) };
  const dut = { ...(source["dut"] as Json), "serial_number": `SN-${index}` };
  const run = { ...source, dut, modules };
  const copies = Object.entries(modules).map(([key, module]) =>
    [key, sound(module as Json)] as const
  );
  let text = JSON.stringify(run, null, 2);
  for (let round = 2; text.length < SIZE; round++) {
    for (const [key, module] of copies) {
      modules[`${key}_${round}`] = varied(module, index * 31 + round);
      text = JSON.stringify(run, null, 2);
      if (text.length >= SIZE) break;
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
