import type { Scene } from "./scene.ts";

/** A row of the table of transitions, as a test names it: `ready + claimed → claimed: send`. */
export interface Scenario {
  readonly row: string;
  /** What a user sees, as a sentence about the upload. */
  readonly says: string;
  play(scene: Scene): Promise<void>;
}
