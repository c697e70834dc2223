import { basename, dirname, join, resolve } from "node:path";
import type { System } from "../system/system.ts";

/** Whether HardPy writes its runs into this folder, of which the whole path is given. */
export function isRunstore(folder: string): boolean {
  return basename(folder) === "runstore" &&
    basename(dirname(folder)) === "storage";
}

/** HardPy 0.24+ names the history file of a run by the milliseconds of its end. */
const HISTORY_NAME = /^\d{13}\.json(?:\.gz)?$/i;

export function isHistoryName(name: string): boolean {
  return HISTORY_NAME.test(name);
}

/** HardPy's record of the current run, or its history of a run, or somebody's own file. */
export type FileKind = "record" | "history" | "other";

/** What a file is to HardPy, and its whole path without links. */
export interface HardpyFile {
  readonly kind: FileKind;
  readonly place: string;
}

/** Tells HardPy's own files from others, also behind links and from within their folder. */
export class HardpyFiles {
  readonly #system: System;
  /** Whole paths of folders, by how they are named. */
  readonly #folders = new Map<string, string>();

  constructor(system: System) {
    this.#system = system;
  }

  async lookAt(path: string): Promise<HardpyFile> {
    const name = basename(path);
    const folder = await this.#wholeFolder(dirname(path));
    const place = join(folder, name);
    if (!isRunstore(folder)) return { kind: "other", place };
    return { kind: isHistoryName(name) ? "history" : "record", place };
  }

  async #wholeFolder(folder: string): Promise<string> {
    const known = this.#folders.get(folder);
    if (known !== undefined) return known;
    const whole = await this.#system.inputFiles.folder(folder) ??
      resolve(folder);
    this.#folders.set(folder, whole);
    return whole;
  }
}
