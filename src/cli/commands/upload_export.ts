import { AppError } from "../../system/app_error.ts";
import { exportRuns } from "../../upload/courier/export_bundle.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import { exitCodeOf, type UploadResult } from "../../upload/report/report.ts";
import { isBundle, newArchive } from "../open_archive.ts";
import type { CommandInput } from "../command_input.ts";
import type { Places } from "../../sources/find_runs.ts";
import { namedSources } from "../../upload/sources/named_sources.ts";
import { keptBelow } from "../kept_below.ts";
import { ToldReports } from "../told_reports.ts";
import { summaryEvent, summaryLines } from "../upload_text.ts";
import { passingOver, type UploadFlags } from "../sending.ts";
import { withKeptRuns } from "../../upload/sources/kept_runs.ts";

/** `upload --export`: writes what would be sent into a bundle, for a PC that is connected. */
export async function uploadExport(
  input: CommandInput<UploadFlags>,
  places: Places,
  target: string,
): Promise<number> {
  const { system, output, flags } = input;
  await requireExportable(input, places.paths);
  const chosen = (await (await input.stand()).targetIfKnown())?.chosen;
  const address = chosen?.address.text;
  const sources = await namedSources(system, places, {
    isTracked: false,
    skipsMoved: false,
    isKept: keptBelow(input),
    note: (text) => output.aside(text),
    onEmpty: (message: string) => output.note(`note: ${message}`),
  });
  // A separator at the end is no part of the name.
  const path = target.replace(/(?<=.)[/\\]+$/, "");
  const opened = await (await input.stand()).part(openLedger);
  const archive = await newArchive(path, system.clock.now());
  await using _archive = archive;
  const told = new ToldReports(input);
  const result = await exportRuns(system, {
    sources: withKeptRuns(system, opened, { sources, places, address }),
    archive,
    path,
    ...(address !== undefined && {
      known: { address, ledger: opened.ledger },
    }),
    force: flags.force ?? false,
    fillUnknown: flags.fillUnknown ?? false,
    onReport: (report) => told.tell(report),
    onPassedOver: passingOver(input),
  });
  told.end();
  tellBundle(input, { path, address, result });
  const ended = { ...result, held: opened.history.count("held") };
  output.result(summaryEvent(ended, chosen), summaryLines(ended, chosen));
  return exitCodeOf(result);
}

function tellBundle(
  { output, flags }: CommandInput<UploadFlags>,
  { path, address, result }: {
    path: string;
    address: string | undefined;
    result: UploadResult;
  },
): void {
  const documents = result.counts.exported;
  if (documents === 0) {
    if (!flags.json) {
      output.note(`note: "${path}" was not written: it would be empty`);
    }
    return;
  }
  output.result(
    { event: "bundle", path, address: address ?? null, documents },
    [
      `Wrote ${path}; on a connected PC: standcloud upload ${path}`,
    ],
  );
  if (address === undefined) {
    output.warn(
      "no StandCloud address is known here, so history does not show what was exported; STANDCLOUD_ADDRESS tells it",
    );
  }
}

async function requireExportable(
  { system, flags: { watch, dryRun, after = "keep" } }: CommandInput<
    UploadFlags
  >,
  paths: readonly string[],
): Promise<void> {
  const other = watch
    ? "--watch"
    : dryRun
    ? "--dry-run"
    : after === "keep"
    ? undefined
    : `--after ${after}`;
  if (other !== undefined) {
    throw new AppError("usage", `--export and ${other} exclude each other`);
  }
  for (const path of paths) {
    if (!await isBundle(system, path)) continue;
    throw new AppError("usage", `"${path}" is a bundle already`, {
      hints: ["copy it as it is"],
    });
  }
}
