import { basename, dirname } from "node:path";
import type { System } from "../system/system.ts";

/** Whether HardPy writes its record of the current run into this folder, of which the whole path is given. */
export function isRunstore(folder: string): boolean {
  return basename(folder) === "runstore" &&
    basename(dirname(folder)) === "storage";
}

/** Tells HardPy's records of current runs from other files, also behind links and from within their folder. */
export class LiveFiles {
  readonly #system: System;
  readonly #known = new Map<string, boolean>();

  constructor(system: System) {
    this.#system = system;
  }

  async has(path: string): Promise<boolean> {
    const folder = dirname(path);
    const known = this.#known.get(folder);
    if (known !== undefined) return known;
    const whole = await this.#system.inputFiles.folder(folder);
    const isLive = whole !== undefined && isRunstore(whole);
    this.#known.set(folder, isLive);
    return isLive;
  }
}
