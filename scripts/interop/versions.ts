import type { Generation } from "../../src/runs/model/generation.ts";

export interface Version {
  readonly hardpy: string;
  /** What its model takes. */
  readonly generation: Generation;
}

/** 0.15.2 is the last of generation C; 0.24.0 is the first that keeps a history; 0.25.2 is the newest. */
export const VERSIONS: readonly Version[] = [
  { hardpy: "0.10.1", generation: "A" },
  { hardpy: "0.12.0", generation: "B" },
  { hardpy: "0.15.2", generation: "C" },
  { hardpy: "0.16.0", generation: "D" },
  { hardpy: "0.19.1", generation: "D" },
  { hardpy: "0.22.1", generation: "D" },
  { hardpy: "0.24.0", generation: "D" },
  { hardpy: "0.25.2", generation: "D" },
];
