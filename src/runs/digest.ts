import { createHash } from "node:crypto";
import { canonicalJson, type KnownContent } from "./canonical_json.ts";
import { contentAsSent, contentAsStored, contentFilled } from "./content.ts";
import type { Fields } from "./values.ts";

/**
 * The identity of a run's content: the same for all stored forms with the same
 * content, whatever wrote them, and for every other content another one.
 *
 * It is the SHA-256, as 64 hex digits, of the UTF-8 bytes of a canonical text,
 * which is made of the run's wire form (so `_rev` is `rev`, `_id` is `id`, and
 * missing defaults are there) like this:
 *
 * 1. It is as HardPy 0.16 and later send it (`contentAsSent`): missing names and
 *    part numbers are filled, and top-level keys that are null are left out. So
 *    are `rev` and `id` of the run: they name the storage, not the run.
 * 2. There is no space between tokens.
 * 3. Keys keep the order of the wire form: HardPy's own where HardPy knows them,
 *    that of the file in maps (a person sees modules and cases in it) and for
 *    unknown ones. But keys that look like the index of a list (`0` to
 *    `4294967294`, no zero before) come first in their object, in the order of
 *    their numbers. Of equal keys the last one counts, at the place of the first.
 * 4. Strings have no escapes but `\"`, `\\`, `\b`, `\f`, `\n`, `\r`, `\t`,
 *    `\u00xx` for other control characters, and `\udxxx` for half of a
 *    surrogate pair; all of them in small letters.
 * 5. Numbers are written as ECMAScript writes the double: `1` for `1.0` and
 *    `1e0`, `0` for `-0`, `1e+21`, `1e-7`; one too large for a double is `null`.
 * 6. `true`, `false`, `null`, lists and their order stay.
 * 7. Integers beyond 2^53 that are written with digits only lose digits that way.
 *    If there are any, a second object follows, with all of their digits as a
 *    text under their JSON Pointer (RFC 6901), in the order of 3. A list of
 *    scalars has one pointer and a list of texts; `null` stands for the other
 *    elements.
 *
 * Test vectors, each a wire form, its canonical text and the beginning of its
 * digest:
 *
 *     {}
 *     {}                                   44136fa355b3678a
 *     {"rev":"1","id":"2","b":1.50,"a":1}
 *     {"b":1.5,"a":1}                      4f21969981043e35
 *     {"b":[1.0,-0,1e400],"10":1,"9":2}
 *     {"9":2,"10":1,"b":[1,0,null]}        17b7165fc67b73e9
 *     {"a":9007199254740993}
 *     {"a":9007199254740992}{"/a":"9007199254740993"}  c37562c24bdff877
 *     {"a":"\u00e9\u000A\u001F\ud800\/"}
 *     {"a":"é\n\u001f\ud800/"}             2512b3d4308a7817
 *
 * A document that is nested too deep to be written (no real run is) is known by
 * its wire form instead.
 *
 * @param wire a document as `wireForm` gives it.
 * @param known where `inWireForm` took it.
 */
export function digestOf(wire: string, known?: KnownContent): string {
  return canonicalDigest(wire, known, contentAsSent);
}

/**
 * The digests by which program versions with a ledger of version 4 or less may
 * know the run: without step 1 but for `rev` and `id`, of the document as it is
 * and as HardPy's queue stores it. A ledger of theirs is found again by them.
 */
export function formerDigestsOf(wire: string, known?: KnownContent): string[] {
  return [contentAsStored, contentFilled].map((content) =>
    canonicalDigest(wire, known, content)
  );
}

function canonicalDigest(
  wire: string,
  known: KnownContent | undefined,
  content: (wireForm: Fields) => Fields,
): string {
  try {
    return sha256Of(canonicalJson(wire, { known, content }));
  } catch (error) {
    if (error instanceof RangeError) return sha256Of([wire]);
    throw error;
  }
}

function sha256Of(texts: Iterable<string>): string {
  const hash = createHash("sha256");
  for (const text of texts) {
    let end = 0;
    for (let at = 0; at < text.length; at = end) {
      end = at + PIECE;
      // Half a surrogate pair would be something else in UTF-8.
      if (HIGH_SURROGATE.test(text.charAt(end - 1))) end++;
      hash.update(text.slice(at, end));
    }
  }
  return hash.digest("hex");
}

/** In UTF-16 units: the bytes of the whole text may be as much again as the file. */
const PIECE = 1024 * 1024;

const HIGH_SURROGATE = /[\ud800-\udbff]/;
