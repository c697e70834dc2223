import { deviceCsv } from "../../src/cli/device_csv.ts";
import { DeviceReport } from "../../src/inspect/device_report.ts";
import { parseExactly } from "../../src/standcloud/exact_json.ts";
import { testRunRow } from "../../src/standcloud/test_runs.ts";
import { fromRoot } from "../compile/paths.ts";
import { deviceRows } from "./device_rows.ts";
import { pythonThatHas, run } from "./environment.ts";

const VERSION = "0.1.0";
const LISTS = 60;
const MOST_ROWS = 300;
/** Recorded: large, and with all edge cases. */
const RECORDED = 0;

/** Compares our report of devices with that of Everypin's SDK, byte by byte. */
export async function compareDevices(
  seed: number,
  { isRecorded }: { isRecorded: boolean },
): Promise<{ lines: string[]; mistakes: string[] }> {
  const lists = Array.from({ length: LISTS }, (_, index) => {
    const count = index === RECORDED ? MOST_ROWS : index * index % MOST_ROWS;
    return deviceRows(seed * LISTS + index, count);
  });
  const theirs = await sdkReports(lists);
  const mistakes = lists.flatMap((rows, index) =>
    ourReport(rows) === theirs[index]
      ? []
      : [`devices: list ${index} of ${rows.length} rows differs`]
  );
  const rows = lists.flat().length;
  const devices = theirs.join("").split("\r\n").length - 1 - LISTS;
  if (isRecorded) await record(lists[RECORDED] ?? [], theirs[RECORDED] ?? "");
  const line = `standcloud-integration ${VERSION}: ${
    LISTS - mistakes.length
  } of ${LISTS} reports the same (${rows} rows, ${devices} devices)`;
  return { lines: [line], mistakes };
}

function ourReport(rows: readonly string[]): string {
  const report = new DeviceReport();
  for (const row of rows) {
    report.add(testRunRow(parseExactly(row) as Record<string, unknown>));
  }
  return [...deviceCsv(report.records())].join("");
}

async function sdkReports(
  lists: readonly (readonly string[])[],
): Promise<string[]> {
  const python = await pythonThatHas("standcloud-integration", VERSION);
  const script = fromRoot("scripts/interop/devices.py");
  const input = lists.map((rows) => `${arrayOf(rows)}\n`).join("");
  const output = await run(python, [script], { input });
  return output.trimEnd().split("\n").map((line) => JSON.parse(line));
}

function arrayOf(rows: readonly string[]): string {
  return `[${rows.join(",")}]`;
}

async function record(rows: readonly string[], csv: string): Promise<void> {
  const folder = fromRoot("tests/testdata/devices");
  await Deno.mkdir(folder, { recursive: true });
  const text = `[\n${rows.join(",\n")}\n]\n`;
  await Deno.writeTextFile(`${folder}/rows.json`, text);
  // As JSON, so that no tool changes its line ends.
  await Deno.writeTextFile(`${folder}/csv.json`, `${JSON.stringify(csv)}\n`);
}
