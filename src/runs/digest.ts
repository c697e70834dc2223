import { canonicalJson } from "./canonical_json.ts";

/**
 * The identity of a run's content: the same for all stored forms of one run,
 * whatever wrote them, and for every other content another one.
 *
 * It is the SHA-256, as 64 hex digits, of the UTF-8 bytes of a canonical text,
 * which is made of the run's wire form (so `_rev` is `rev`, `_id` is `id`, and
 * missing defaults are there) like this:
 *
 * 1. `rev` and `id` of the run are left out: they name the storage, not the run.
 * 2. There is no space between tokens.
 * 3. Keys of an object are sorted by their UTF-16 units; but those that look
 *    like the index of a list (`0` to `4294967294`, no zero before) come first,
 *    in the order of their numbers. Of equal keys the last one counts.
 * 4. Strings have no escapes but `\"`, `\\`, `\b`, `\f`, `\n`, `\r`, `\t`,
 *    `\u00xx` for other control characters, and `\udxxx` for half of a
 *    surrogate pair; all of them in small letters.
 * 5. Numbers are written as ECMAScript writes the double: `1` for `1.0` and
 *    `1e0`, `0` for `-0`, `1e+21`, `1e-7`; one too large for a double is
 *    `null`. But an integer beyond 2^53 that is written with digits only keeps
 *    all of them.
 * 6. `true`, `false`, `null`, lists and their order stay.
 *
 * That is RFC 8785 (JCS) but for the keys that look like an index, and for the
 * integers beyond 2^53. Test vectors, each a wire form, its canonical text and
 * the beginning of its digest:
 *
 *     {}
 *     {}                                   44136fa355b3678a
 *     {"rev":"1","id":"2","b":1.50,"a":1}
 *     {"a":1,"b":1.5}                      9a6d18968ff3c0bc
 *     {"b":[1.0,-0,1e400],"10":1,"9":2}
 *     {"9":2,"10":1,"b":[1,0,null]}        17b7165fc67b73e9
 *     {"a":9007199254740993}
 *     {"a":9007199254740993}               d509df67f639ccc7
 *     {"a":"\u00e9\u000A\u001F\ud800\/"}
 *     {"a":"é\n\u001f\ud800/"}             2512b3d4308a7817
 *
 * A document that is nested too deep to be sorted (no real run is) is known by
 * its wire form instead.
 *
 * @param wire a document as `wireForm` gives it.
 * @param value the same, parsed, where somebody has it.
 */
export async function digestOf(wire: string, value?: object): Promise<string> {
  const text = canonical(wire, value);
  if (text.length > PIECE) return await digestInPieces(text);
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).toHex();
}

/** In UTF-16 units. */
const PIECE = 1024 * 1024;

/** Without a copy, or two, of the whole text: it may be as large as the file. */
async function digestInPieces(text: string): Promise<string> {
  const { createHash } = await import("node:crypto");
  const hash = createHash("sha256");
  let end = 0;
  for (let at = 0; at < text.length; at = end) {
    end = at + PIECE;
    // Half a surrogate pair would be something else in UTF-8.
    if (HIGH_SURROGATE.test(text.charAt(end - 1))) end++;
    hash.update(text.slice(at, end));
  }
  return hash.digest("hex");
}

const HIGH_SURROGATE = /[\ud800-\udbff]/;

const NOT_CONTENT = ["rev", "id"];

function canonical(wire: string, value?: object): string {
  try {
    return canonicalJson(wire, NOT_CONTENT, value);
  } catch (error) {
    if (error instanceof RangeError) return wire;
    throw error;
  }
}
