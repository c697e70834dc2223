import { posix } from "node:path";
import { codeOnly } from "./code_only.ts";
import type { SourceFile } from "./source_file.ts";

export interface Import {
  /** The importing file. */
  readonly path: string;
  readonly specifier: string;
  /** The imported file, relative to the project; undefined for a library. */
  readonly target: string | undefined;
  /** `export … from`. */
  readonly isReexport: boolean;
}

const IMPORT =
  /(?<![.\w])(import|export)\b(?:\s*\(|[^;"'()=]*?\bfrom)?\s*(["'])( *)\2/g;

/** Every import of a file: static, dynamic, for types only, and re-exports. */
export function importsOf({ path, text }: SourceFile): Import[] {
  return [...codeOnly(text).matchAll(IMPORT)].map((match) => {
    const [whole, keyword, , blanks = ""] = match;
    const end = match.index + whole.length - 1;
    const specifier = text.slice(end - blanks.length, end);
    return {
      path,
      specifier,
      target: specifier.startsWith(".")
        ? posix.join(posix.dirname(path), specifier)
        : undefined,
      isReexport: keyword === "export",
    };
  });
}
