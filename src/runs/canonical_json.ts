import { longIntegersIn } from "./long_integers.ts";
import { type Fields, isObject } from "./values.ts";

/** From so many UTF-16 units on a text is made in pieces: it may be as large as the file. */
const LARGE = 1024 * 1024;
/** Down to the chart of a case. */
const LEVELS = 5;

/** What the caller knows of a wire form in which no key stands twice. */
export interface KnownContent {
  /** The same, parsed. */
  readonly value: Fields;
  /** False: surely no number in it is beyond 2^53. */
  readonly hasLongNumbers: boolean;
}

export interface CanonicalOptions {
  readonly known?: KnownContent | undefined;
  /** What of the parsed wire form counts. */
  readonly content: (wireForm: Fields) => Fields;
}

/**
 * One text, in pieces, for all wire forms of the same content; `digestOf` describes it.
 *
 * @param wire a document in wire form.
 * @throws `RangeError` when it is nested too deep.
 */
export function* canonicalJson(
  wire: string,
  { known, content: contentOf }: CanonicalOptions,
): Generator<string> {
  const content = contentOf(known?.value ?? JSON.parse(wire));
  const hasUniqueKeys = known !== undefined;
  const levels = wire.length > LARGE ? LEVELS : 0;
  yield* piecesOf(content, levels);
  if (known?.hasLongNumbers === false) return;
  yield longIntegersIn({ text: wire, value: content, hasUniqueKeys }) ?? "";
}

function* piecesOf(value: unknown, levels: number): Generator<string> {
  if (levels === 0 || !isObject(value)) return yield JSON.stringify(value);
  let before = "{";
  for (const [key, inner] of Object.entries(value)) {
    yield `${before}${JSON.stringify(key)}:`;
    yield* piecesOf(inner, levels - 1);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}
