/** Why a box cannot be opened, as far as it shows before any key is tried. */
export type BoxProblem =
  | "not_age"
  | "changed_lines"
  | "other_version"
  | "too_heavy";

/** What a person reads of it. */
export const BOX_PROBLEMS: Readonly<Record<BoxProblem, string>> = {
  "not_age": "it is damaged, or is no age file at all",
  // As a pipe of Windows PowerShell changes what goes through it.
  "changed_lines":
    "the ends of its lines were changed on the way; copy it as a binary file",
  "other_version":
    "it has a version of the age format that this program does not know",
  "too_heavy": "it asks for more work than this program does for a passphrase",
};

/** The first line of every age file of the one version that there is. */
const HEADER = "age-encryption.org/";
const VERSION = "v1";
/** A box that asks for more was not made by this program: it would take a stand's memory. */
const WORK_FACTOR_LIMIT = 18;

/** Undefined when it looks like one of ours. */
export function boxProblem(box: Uint8Array): BoxProblem | undefined {
  const [first = "", stanza = ""] = new TextDecoder("latin1")
    .decode(box.subarray(0, 1000)).split("\n");
  if (!first.startsWith(HEADER)) return "not_age";
  if (first === `${HEADER}${VERSION}\r`) return "changed_lines";
  if (first !== HEADER + VERSION) return "other_version";
  const [, factor] = /^-> scrypt \S+ (\d+)$/.exec(stanza) ?? [];
  return Number(factor) > WORK_FACTOR_LIMIT ? "too_heavy" : undefined;
}
