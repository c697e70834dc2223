import type { FileFacts, FoundFile } from "../system/input_files.ts";
import type { System } from "../system/system.ts";
import type { RunSource } from "../runs/examine.ts";
import type { UploadSource } from "../upload/upload_source.ts";
import type { FileKind } from "./hardpy_files.ts";
import { runSource } from "./run_sources.ts";
import type { FindOptions } from "./upload_sources.ts";

/** Of these the next one can be in memory too. */
const READ_AHEAD_BYTES = 1024 * 1024;

export function fileSource(
  system: System,
  { path, isFound }: FoundFile,
  { isTracked, kind = "other" }: Pick<FindOptions, "isTracked"> & {
    readonly kind?: FileKind;
  },
): UploadSource {
  const { name, read } = runSource(system, path);
  const small = runSource(system, path, READ_AHEAD_BYTES);
  let whenRead: FileFacts | undefined;
  let isCounted = false;
  let ahead: ReturnType<RunSource["read"]> | undefined;
  const look = async () => {
    if (isTracked && !isCounted) whenRead = await system.inputFiles.info(path);
  };
  return {
    name,
    isFound,
    isLive: kind === "record",
    isHardpys: kind !== "other",
    readAhead() {
      ahead = look().then(small.read);
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
      const now = await system.inputFiles.info(path);
      return now !== undefined && now.size === whenRead?.size &&
        now.modifiedAt.getTime() === whenRead.modifiedAt.getTime() &&
        now.version === whenRead.version;
    },
    async unchangedFor() {
      const info = await system.inputFiles.info(path);
      // A time to come is no sign of a writer: the clock was set back since.
      return info &&
        Math.abs(system.clock.now().getTime() - info.modifiedAt.getTime());
    },
  };
}
