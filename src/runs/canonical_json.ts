import { longIntegersIn } from "./long_integers.ts";

type Fields = Readonly<Record<string, unknown>>;

/** From so many UTF-16 units on a text is made in pieces: it may be as large as the file. */
const LARGE = 1024 * 1024;
/** Down to the chart of a case. */
const LEVELS = 5;

/**
 * One text, in pieces, for all wire forms of the same content; `digestOf` describes it.
 *
 * @param wire a document in wire form.
 * @param value the same, parsed, where somebody has it and no key stands twice in it.
 * @throws `RangeError` when it is nested too deep.
 */
export function* canonicalJson(
  wire: string,
  value?: Fields,
): Generator<string> {
  const { rev: _rev, id: _id, ...content } = value ?? JSON.parse(wire);
  const hasUniqueKeys = value !== undefined;
  const levels = wire.length > LARGE ? LEVELS : 0;
  yield* piecesOf(content, levels);
  yield longIntegersIn({ text: wire, value: content, hasUniqueKeys }) ?? "";
}

function* piecesOf(value: unknown, levels: number): Generator<string> {
  const isObject = typeof value === "object" && value !== null &&
    !Array.isArray(value);
  if (levels === 0 || !isObject) return yield JSON.stringify(value);
  let before = "{";
  for (const [key, inner] of Object.entries(value)) {
    yield `${before}${JSON.stringify(key)}:`;
    yield* piecesOf(inner, levels - 1);
    before = ",";
  }
  yield before === "{" ? "{}" : "}";
}
