import { AppError } from "../../system/app_error.ts";
import { keepRenewed } from "../../tokens/keep_renewed.ts";
import { keptBelow } from "../kept_below.ts";
import { isZipName } from "../../sources/bundle_names.ts";
import { isBundle } from "../open_archive.ts";
import { plan, send, type UploadFlags } from "../sending.ts";
import type { CommandInput } from "../command_input.ts";
import { counted } from "../../sources/find_runs.ts";
import {
  countFiles,
  type FindOptions,
  namedSources,
} from "../../upload/sources/named_sources.ts";
import { watchedSources } from "../../upload/sources/watched_sources.ts";

export async function upload(
  input: CommandInput<UploadFlags>,
  paths: readonly string[],
  { mayBeEmpty = false }: Pick<FindOptions, "mayBeEmpty"> = {},
): Promise<number> {
  const { system, output, flags } = input;
  const { watch, dryRun, after, export: target } = flags;
  if (flags.metrics !== undefined && !watch) {
    throw new AppError("usage", "--metrics needs --watch", {
      hints: ["standcloud health --metrics FILE writes the file once"],
    });
  }
  if (target !== undefined) {
    const { uploadExport } = await import("./upload_export.ts");
    return await uploadExport(input, paths, target);
  }
  // A folder is watched as a folder, whatever lies in it.
  if (!watch && await hasBundle(input, paths)) {
    const { uploadBundles } = await import("./upload_bundles.ts");
    return await uploadBundles(input, paths);
  }
  if (watch && dryRun) {
    throw new AppError("usage", "--watch and --dry-run exclude each other");
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
  if (watch) return await keepSending(input, paths, options);
  const sources = await namedSources(system, paths, options);
  if (dryRun) return await plan(input, { sources, paths });
  const expected = system.terminal.stderrIsTerminal
    ? { expected: countFiles(system, paths, options) }
    : {};
  const exitCode = await send(input, { sources, paths, ...expected });
  noteGone(input, gone);
  return exitCode;
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

/** Watches the folders until Ctrl-C, or until nothing can be sent any more. */
async function keepSending(
  input: CommandInput<UploadFlags>,
  paths: readonly string[],
  options: Pick<FindOptions, "isTracked" | "skipsMoved">,
): Promise<number> {
  const { system, output, flags } = input;
  const metrics = await metricsKeeper(input, flags.metrics);
  for (const path of paths) {
    if (isZipName(path) || !await isBundle(system, path)) continue;
    output.aside(
      `"${path}" holds a bundle, which --watch passes over; upload it by itself`,
    );
  }
  const stop = new AbortController();
  const interrupted = AbortSignal.any([system.interrupted, stop.signal]);
  const watched = await watchedSources({ ...system, interrupted }, paths, {
    ...options,
    warn: (reason) => output.warn(reason),
  });
  return await send(input, {
    ...watched,
    paths,
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
