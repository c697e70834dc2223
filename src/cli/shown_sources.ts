import type { RunSource } from "../runs/examine.ts";
import type { Run } from "../runs/run.ts";
import { findRunSources, runSource } from "../sources/find_runs.ts";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import type { Entry } from "../upload/ledger/entry.ts";
import type { HistoryView } from "../upload/ledger/history.ts";
import { lookIntoLedger } from "../upload/ledger/look_into_ledger.ts";
import { MovedFiles } from "../upload/sources/moved_files.ts";
import { keptSource } from "../upload/sources/upload_source.ts";
import { type Input, placesOf } from "./places.ts";
import { eachOnce, entriesOf, isDigestPrefix } from "./ledger_entries.ts";

export interface ShownSource {
  readonly source: RunSource;
  /** Whether a run of the source is meant; a label tells those of one file apart. */
  isMeant(run: Run, label: string): boolean;
  /** Also what cannot be read of the source is told. */
  readonly isWhole: boolean;
}

/** How a run in a file of several is named: by its line or its number. */
const NUMBERED = /^(.+)([:#]\d+)$/;

/**
 * What a word of the command line shows: a path, a URL, one run of a file (`FILE:LINE`),
 * or the digest of a run that the ledger knows. A path comes first.
 *
 * @throws `usage` for a digest that the ledger does not know; `input_unreadable`.
 */
export async function shownSources(
  input: Input,
  word: string,
  note: (text: string) => void,
): Promise<ShownSource[]> {
  const { system } = input;
  const [, file, number] = NUMBERED.exec(word) ?? [];
  if (
    file !== undefined && !await isPath(system, word) &&
    await system.inputFiles.info(file) !== undefined
  ) {
    const isMeant = (_: Run, label: string) => label === number;
    return [{ source: runSource(system, file), isMeant, isWhole: false }];
  }
  if (!isDigestPrefix(word) || await isPath(system, word)) {
    const sources = await findRunSources(system, placesOf(input, [word]), note);
    const isMeant = () => true;
    return sources.map((source) => ({ source, isMeant, isWhole: true }));
  }
  const found = await lookIntoLedger(system, (history) => known(history, word));
  if (found === undefined) {
    throw new AppError(
      "usage",
      `There is no file "${word}", and the stand has no ledger that could know it as a digest`,
    );
  }
  const { digest } = found.entry;
  return [{
    source: found.wire === undefined
      ? runSource(system, await fileOf(system, found.entry))
      : keptSource(found.entry.source, found.wire),
    isMeant: (run) => [run.digest(), ...run.formerDigests()].includes(digest),
    isWhole: false,
  }];
}

async function isPath({ inputFiles }: System, word: string): Promise<boolean> {
  return await inputFiles.info(word) !== undefined ||
    await inputFiles.folder(word) !== undefined;
}

interface Known {
  readonly entry: Entry;
  /** The document, where the ledger keeps it. */
  readonly wire: string | undefined;
}

function known(history: HistoryView, prefix: string): Known | undefined {
  const entries = entriesOf(history, prefix);
  const [entry] = eachOnce(entries);
  const wires = entries.map((one) => history.documentOf(one));
  return entry && { entry, wire: wires.find((one) => one !== undefined) };
}

/** Where the run was, or where an upload has moved its file. */
async function fileOf(
  system: System,
  { source, digest, state }: Entry,
): Promise<string> {
  const moved = new MovedFiles(system);
  const movedTo = state === "uploaded" ? "uploaded" : "rejected";
  // One of several documents in a file has its number behind the path.
  for (const path of new Set([source, source.replace(/(?::|#)\d+$/, "")])) {
    const found = await moved.find(path, digest, { movedTo });
    if (found !== undefined) return found;
  }
  throw new AppError(
    "input_unreadable",
    `Cannot show run ${
      digest.slice(0, 12)
    }: "${source}" is gone, or holds another run now`,
    { hints: ["standcloud history tells what the ledger knows of it"] },
  );
}
