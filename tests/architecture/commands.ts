import { codeOnly } from "./code_only.ts";
import type { SourceFile } from "./source_file.ts";

/** Files that start other programs. */
export function commandsOf(files: readonly SourceFile[]): string[] {
  return files
    .filter(({ text }) =>
      /\bDeno\.(?:Command|run)\b|\bnode:child_process\b|\bWorker\b/.test(
        codeOnly(text),
      )
    )
    .map(({ path }) => path);
}
