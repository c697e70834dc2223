import { alg, Graph } from "@dagrejs/graphlib";
import { importsOf } from "./imports.ts";
import type { SourceFile } from "./source_file.ts";

/** Files that import each other, directly or through others, if only for types: one text for each circle. */
export function circles(files: readonly SourceFile[]): string[] {
  const graph = new Graph();
  for (const { path, target } of files.flatMap(importsOf)) {
    if (target !== undefined) graph.setEdge(path, target);
  }
  return alg.findCycles(graph)
    .map((paths) => paths.toSorted().join(", "))
    .toSorted();
}
