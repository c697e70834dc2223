/** JSON read the plain way, for comparison: literals as they are written, every key of an object. */
export type Plain =
  | string
  | readonly Plain[]
  | { readonly members: readonly (readonly [key: string, value: Plain])[] };

const TOKEN = /[{}[\],:]|"(?:[^"\\]|\\.)*"|[^\s{}[\],:"]+/gs;

/** @param text one that `JSON.parse` accepts. */
export function readPlain(text: string): Plain {
  const tokens = (text.match(TOKEN) ?? []).values();
  return readValue(tokens, next(tokens));
}

type Tokens = Iterator<string>;

function next(tokens: Tokens): string {
  return tokens.next().value ?? "";
}

function readValue(tokens: Tokens, first: string): Plain {
  if (first === "[") return readList(tokens);
  return first === "{" ? readObject(tokens) : first;
}

function readList(tokens: Tokens): Plain {
  const list: Plain[] = [];
  for (let at = next(tokens); at !== "]"; at = next(tokens)) {
    if (at !== ",") list.push(readValue(tokens, at));
  }
  return list;
}

function readObject(tokens: Tokens): Plain {
  const members: [string, Plain][] = [];
  for (let at = next(tokens); at !== "}"; at = next(tokens)) {
    if (at === ",") continue;
    next(tokens);
    members.push([JSON.parse(at), readValue(tokens, next(tokens))]);
  }
  return { members };
}

/** Of each key the last value, at the place of the first. */
export function lastOf(
  members: readonly (readonly [string, Plain])[],
): Map<string, Plain> {
  return new Map(members);
}

export function isList(value: Plain): value is readonly Plain[] {
  return Array.isArray(value);
}
