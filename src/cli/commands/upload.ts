import { AppError } from "../../system/app_error.ts";
import { keepRenewed } from "../../tokens/keep_renewed.ts";
import { keptBelow } from "../kept_below.ts";
import { isZipName } from "../../sources/bundle_names.ts";
import { isBundle } from "../open_archive.ts";
import { ignoredRules } from "../ignored_rules.ts";
import { plan, send, type UploadFlags } from "../sending.ts";
import type { CommandInput } from "../command_input.ts";
import { couchDbAt, placesOf, withHardpysDatabase } from "../places.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import type { SequenceStore } from "../../upload/sources/followed_database.ts";
import { counted, type Places } from "../../sources/find_runs.ts";
import { countFiles } from "../../upload/sources/looking_for.ts";
import {
  type FindOptions,
  namedSources,
} from "../../upload/sources/named_sources.ts";
import { watchedSources } from "../../upload/sources/watched_sources.ts";

export async function upload(
  typed: CommandInput<UploadFlags>,
  given: readonly string[],
  { mayBeEmpty = false }: Pick<FindOptions, "mayBeEmpty"> = {},
): Promise<number> {
  const input = await withIgnoredRules(typed);
  const { system, output, flags } = input;
  const { watch, dryRun, after, export: target } = flags;
  requireSoundFlags(flags);
  const places = await placesToUpload(input, given);
  const { paths, databases } = places;
  if (target !== undefined) {
    const { uploadExport } = await import("./upload_export.ts");
    return await uploadExport(input, places, target);
  }
  // A folder is watched as a folder, whatever lies in it.
  if (!watch && await hasBundle(input, paths)) {
    if (databases.length > 0) throw notWithBundles();
    const { uploadBundles } = await import("./upload_bundles.ts");
    return await uploadBundles(input, paths);
  }
  let gone = 0;
  const options = {
    mayBeEmpty,
    skipsMoved: after === "move",
    isTracked: after !== undefined && after !== "keep",
    isKept: keptBelow(input),
    note: (text: string) => output.aside(text),
    onEmpty: (message: string) => output.note(`note: ${message}`),
    onGone: () => void gone++,
  };
  if (databases.length > 0 && options.isTracked) {
    output.aside(`--after ${after} leaves the database as it is`);
  }
  if (watch) return await keepSending(input, places, options);
  const sources = await namedSources(system, places, options);
  if (dryRun) return await plan(input, { sources, places });
  const expected = system.terminal.stderrIsTerminal
    ? { expected: countFiles(system, places, options) }
    : {};
  const exitCode = await send(input, { sources, places, ...expected });
  noteGone(input, gone);
  return exitCode;
}

/** @throws `usage` for flags that contradict each other. */
function requireSoundFlags({ metrics, watch, dryRun }: UploadFlags): void {
  if (metrics !== undefined && !watch) {
    throw new AppError("usage", "--metrics needs --watch", {
      hints: ["standcloud health --metrics FILE writes the file once"],
    });
  }
  if (watch && dryRun) {
    throw new AppError("usage", "--watch and --dry-run exclude each other");
  }
}

/** @throws `usage` when the arguments name nothing. */
async function placesToUpload(
  input: CommandInput<UploadFlags>,
  given: readonly string[],
): Promise<Places> {
  const places = placesOf(input, given);
  if (input.flags.database) return await withHardpysDatabase(input, places);
  if (given.length > 0) return places;
  throw new AppError("usage", "Nothing to upload is named", {
    hints: [
      "standcloud upload PATH... sends files and folders, --database what is in HardPy's database",
    ],
  });
}

function notWithBundles(): AppError {
  return new AppError(
    "usage",
    "A bundle and a database cannot be uploaded by one command",
    { hints: ["upload them one after the other"] },
  );
}

/** Whoever has sent a file may have moved it; but so may somebody else. */
function noteGone({ output }: CommandInput<UploadFlags>, gone: number) {
  if (gone === 0) return;
  output.aside(
    `${
      counted(gone, "file")
    } taken away before it could be read; what was only renamed is found by the next upload`,
  );
}

/** Called before anything is sent: a wrong word ends the command. */
async function withIgnoredRules(
  input: CommandInput<UploadFlags>,
): Promise<CommandInput<UploadFlags>> {
  const { system, flags } = input;
  const ignore = [...await ignoredRules(system, flags)];
  return { ...input, flags: { ...flags, ignore } };
}

async function hasBundle(
  { system }: CommandInput<UploadFlags>,
  paths: readonly string[],
): Promise<boolean> {
  const found = paths.map((path) => isBundle(system, path));
  return (await Promise.all(found)).includes(true);
}

/** Loaded only where a file of metrics is asked for. */
async function metricsKeeper(
  input: CommandInput<UploadFlags>,
  file: string | undefined,
): Promise<(() => AsyncDisposable) | undefined> {
  if (file === undefined) return undefined;
  const { keepMetrics } = await import("../keep_metrics.ts");
  return () => keepMetrics(input, file);
}

/** How far the databases were read; all is looked at again where the flags ask for another answer. */
async function sequencesFor(
  { stand: open, flags }: CommandInput<UploadFlags>,
  { databases }: Places,
): Promise<SequenceStore | undefined> {
  if (databases.length === 0 || flags.force || flags.fillUnknown) {
    return undefined;
  }
  const stand = await open();
  const address = (await stand.session()).service.address.text;
  const { ledger: { sequences } } = await stand.part(openLedger);
  return {
    find: (database) => sequences.find({ address, database }),
    save: (database, state) => sequences.save({ address, database }, state),
  };
}

/** Watches the places until Ctrl-C, or until nothing can be sent any more. */
async function keepSending(
  input: CommandInput<UploadFlags>,
  places: Places,
  options: Pick<FindOptions, "isTracked" | "skipsMoved">,
): Promise<number> {
  const { system, output, flags } = input;
  const metrics = await metricsKeeper(input, flags.metrics);
  for (const path of places.paths) {
    if (isZipName(path) || !await isBundle(system, path)) continue;
    output.aside(
      `"${path}" holds a bundle, which --watch passes over; upload it by itself`,
    );
  }
  const stop = new AbortController();
  const interrupted = AbortSignal.any([system.interrupted, stop.signal]);
  const untilStop = { ...input, system: { ...system, interrupted } };
  const watched = await watchedSources(untilStop.system, {
    ...places,
    databases: places.databases.map(({ url }) => couchDbAt(untilStop, url)),
  }, {
    ...options,
    sequences: await sequencesFor(input, places),
    warn: (reason) => output.warn(reason),
  });
  return await send(input, {
    ...watched,
    places,
    until: stop.signal,
    onStop: () => stop.abort(),
    beside: (bearer) => {
      const beside = new AsyncDisposableStack();
      beside.use(keepRenewed(bearer, {
        clock: system.clock,
        signal: interrupted,
        onEnd: (error) => stop.abort(error),
      }));
      if (metrics !== undefined) beside.use(metrics());
      return beside;
    },
  });
}
