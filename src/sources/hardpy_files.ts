import { basename, dirname } from "node:path";
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

/** Tells HardPy's own files from others, also behind links and from within their folder. */
export class HardpyFiles {
  readonly #system: System;
  readonly #known = new Map<string, boolean>();

  constructor(system: System) {
    this.#system = system;
  }

  async kindOf(path: string): Promise<FileKind> {
    if (!await this.#isInRunstore(path)) return "other";
    return isHistoryName(basename(path)) ? "history" : "record";
  }

  async #isInRunstore(path: string): Promise<boolean> {
    const folder = dirname(path);
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const whole = await this.#system.inputFiles.folder(folder);
    const isIn = whole !== undefined && isRunstore(whole);
    this.#known.set(folder, isIn);
    return isIn;
  }
}
