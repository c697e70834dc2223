import type { FileFacts, FoundFile } from "../../system/input_files.ts";
import type { System } from "../../system/system.ts";
import type { RunSource } from "../../runs/examine.ts";
import type { FileSource, LiveSource, OnDisk } from "./upload_source.ts";
import type { FileKind } from "../../sources/hardpy_files.ts";
import { runSource } from "../../sources/find_runs.ts";

/** Of these the next one can be in memory too. */
const READ_AHEAD_BYTES = 1024 * 1024;

export interface FileOptions {
  /** Look whether the file has changed since it was read: something is done to it afterwards. */
  readonly isTracked: boolean;
  /** HardPy's own files are left where they are. Default: another file. */
  readonly kind?: FileKind;
}

export function fileSource(
  system: System,
  found: FoundFile,
  options: FileOptions,
): FileSource {
  return { kind: "file", ...onDisk(system, found, options) };
}

/** HardPy's record of its current run. */
export function liveSource(
  system: System,
  found: FoundFile,
  { place, isTracked }: Pick<FileOptions, "isTracked"> & {
    /** The whole path, without links. */
    readonly place: string;
  },
): LiveSource {
  return {
    kind: "live",
    place,
    ...onDisk(system, found, { isTracked, kind: "record" }),
  };
}

function onDisk(
  system: System,
  { path, isFound, within = undefined }: FoundFile,
  { isTracked, kind = "other" }: FileOptions,
): OnDisk {
  const { name, read } = runSource(system, path, { within });
  const small = runSource(system, path, { limit: READ_AHEAD_BYTES, within });
  let whenRead: FileFacts | undefined;
  let isCounted = false;
  let ahead: ReturnType<RunSource["read"]> | undefined;
  const facts = () => system.inputFiles.info(path);
  const look = async () => {
    // A disk that fails here is told when the file is read.
    if (isTracked && !isCounted) {
      whenRead = await facts().catch(() => undefined);
    }
  };
  return {
    ...{ name, isFound, isTracked, within },
    isHardpys: kind !== "other",
    readAhead() {
      ahead = look().then(small.read);
      // What it meets is told by `read`, which may never come.
      ahead.catch(() => {});
    },
    async read() {
      const begun = await ahead;
      ahead = undefined;
      if (begun !== undefined && "bytes" in begun) return begun;
      await look();
      return await read();
    },
    count() {
      isCounted = true;
    },
    async isUnchanged() {
      return areSame(await facts().catch(() => undefined), whenRead);
    },
    unchangedFor: () => restOf(facts(), system.clock.now()),
  };
}

/** In milliseconds; undefined for a file that is not there. */
async function restOf(
  facts: Promise<FileFacts | undefined>,
  now: Date,
): Promise<number | undefined> {
  // It is there, although the disk does not show it now.
  const info = await facts.catch(() => null);
  if (info === null) return 0;
  // A time to come is no sign of a writer: the clock was set back since.
  return info && Math.abs(now.getTime() - info.modifiedAt.getTime());
}

function areSame(now?: FileFacts, before?: FileFacts): boolean {
  return now !== undefined && now.size === before?.size &&
    now.modifiedAt.getTime() === before.modifiedAt.getTime() &&
    now.version === before.version;
}
