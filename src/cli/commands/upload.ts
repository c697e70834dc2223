import { AppError } from "../../system/app_error.ts";
import { keepRenewed } from "../../tokens/keep_renewed.ts";
import { keepsRunsBelow } from "../kept_runs.ts";
import { isBundle } from "../open_archive.ts";
import { plan, send, type UploadFlags } from "../sending.ts";
import type { CommandInput } from "../session.ts";
import { counted } from "../run_sources.ts";
import {
  countFiles,
  type FindOptions,
  uploadSources,
} from "../upload_sources.ts";
import { watchedSources } from "../watched_sources.ts";

export async function upload(
  input: CommandInput<UploadFlags>,
  paths: readonly string[],
  { mayBeEmpty = false }: Pick<FindOptions, "mayBeEmpty"> = {},
): Promise<number> {
  const { watch, dryRun, after, export: target } = input.flags;
  if (target !== undefined) {
    const { uploadExport } = await import("./upload_export.ts");
    return await uploadExport(input, paths, target);
  }
  if (await hasBundle(input, paths)) {
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
    isKept: (folder: string) => keepsRunsBelow(input, folder),
    onGone: () => void gone++,
  };
  if (watch) return await keepSending(input, paths, options);
  const sources = await uploadSources(input, paths, options);
  if (dryRun) return await plan(input, { sources, paths });
  const expected = input.system.terminal.stderrIsTerminal
    ? { expected: countFiles(input, paths, options) }
    : {};
  const exitCode = await send(input, { sources, paths, ...expected });
  noteGone(input, gone);
  return exitCode;
}

/** Whoever has sent a file may have moved it; but so may somebody else. */
function noteGone({ output, flags }: CommandInput<UploadFlags>, gone: number) {
  if (gone === 0 || flags.json) return;
  output.note(
    `note: ${
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

/** Watches the folders until Ctrl-C, or until nothing can be sent any more. */
async function keepSending(
  input: CommandInput<UploadFlags>,
  paths: readonly string[],
  options: FindOptions,
): Promise<number> {
  const { system } = input;
  const stop = new AbortController();
  const interrupted = AbortSignal.any([system.interrupted, stop.signal]);
  const watcher = { ...input, system: { ...system, interrupted } };
  const watched = await watchedSources(watcher, paths, options);
  return await send(input, {
    ...watched,
    paths,
    until: stop.signal,
    onStop: () => stop.abort(),
    beside: (bearer) =>
      keepRenewed(bearer, {
        clock: system.clock,
        signal: interrupted,
        onEnd: (error) => stop.abort(error),
      }),
  });
}
