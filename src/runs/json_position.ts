import { elementsOf, membersOf, rootOf, type Slice } from "./json_slices.ts";

/** Counted from 1, in UTF-16 units, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function positionAt(text: string, offset: number): Position {
  let line = 1;
  let lineStart = 0;
  for (
    let end = text.indexOf("\n");
    end !== -1 && end < offset;
    end = text.indexOf("\n", end + 1)
  ) {
    line++;
    lineStart = end + 1;
  }
  return { line, column: offset - lineStart + 1 };
}

/** Where the value of a JSON Pointer (RFC 6901) stands; for a missing one, the nearest value around it. */
export function positionOf(text: string, pointer: string): Position {
  let at = rootOf(text);
  for (const key of keysOf(pointer)) {
    const next = child(text, at, key);
    if (next === undefined) break;
    at = next;
  }
  return positionAt(text, at.start);
}

function child(text: string, value: Slice, key: string): Slice | undefined {
  const members = membersOf(text, value);
  // Of a key that is there twice, the last one counts.
  if (members !== undefined) {
    return members.findLast((member) => member.key === key);
  }
  return elementsOf(text, value)?.[Number(key)];
}

function keysOf(pointer: string): string[] {
  return pointer.split("/").slice(1).map((key) =>
    key.replaceAll("~1", "/").replaceAll("~0", "~")
  );
}
