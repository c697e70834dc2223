import { runFile } from "./runs.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";

/** Writes `count` small reports into a folder, of one device each, and gives their serial numbers. */
export async function writeReports(
  folder: string,
  count: number,
  series = "SN",
): Promise<string[]> {
  await Deno.mkdir(folder, { recursive: true });
  const text = await Deno.readTextFile(runFile("minimum.jsonloader"));
  const serials = Array.from({ length: count }, (_, i) => `${series}-${i}`);
  for (const serial of serials) {
    await Deno.writeTextFile(
      `${folder}/${serial}.json`,
      text.replace('"serial_number": null', `"serial_number": "${serial}"`),
    );
  }
  return serials;
}

/** The serial numbers of what StandCloud has, sorted: one that is there twice comes twice. */
export function arrived({ reports }: Pick<Sandbox, "reports">): string[] {
  return reports.map(({ body }) =>
    String((body["dut"] as Record<string, unknown>)["serial_number"])
  ).sort();
}
