import type { Paint } from "./paint.ts";

export interface TextOptions {
  /** Nothing is folded. */
  readonly all: boolean;
  readonly paint: Paint;
}
