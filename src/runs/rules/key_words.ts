/** What the words of a key say that its value is. */
export type KeyMark =
  | "secret"
  /** About the device under test or the stand, not about this run. */
  | "dut fact"
  | "stand fact"
  /** What a measurement has beside its value. */
  | "limit"
  | "measurements"
  /** What a run document has a field for. */
  | "field";

const DUT_FACTS = words(
  "hw_rev hw_version hardware_revision pcb_rev board_rev sw_version sw_rev",
  "fw fw_version firmware bootloader revision",
);
const STAND_FACTS = words(
  "driver drivers instrument instruments psu dmm scope com_port",
);
const STAND_FACT_STARTS = ["stand_", "fixture", "calibration"];
const LIMIT_WORDS = words("unit min max nominal tolerance");
const LIMIT_STARTS = ["lower", "upper", "limit"];
const FIELD_WORDS = words(
  "attempt serial_number part_number error_code operator user",
);
const SECRETS = words(
  "password passwd pwd passphrase token secret secrets credential credentials",
  "api_key apikey private_key secret_key access_key",
);

function words(...lists: readonly string[]): ReadonlySet<string> {
  return new Set(lists.flatMap((list) => list.split(" ")));
}

/** Keys repeat from case to case and from run to run. */
const known = new Map<string, KeyMark | undefined>();
const MOST_KNOWN = 4096;
const LONGEST_KEY = 64;

/** What a key of the test author's own says; undefined for nearly all. */
export function markOf(key: string): KeyMark | undefined {
  if (key.length > LONGEST_KEY) return undefined;
  const mark = known.get(key);
  if (mark !== undefined || known.has(key)) return mark;
  if (known.size >= MOST_KNOWN) known.clear();
  const found = markOfWords(snakeCase(key));
  known.set(key, found);
  return found;
}

/** `hwRev`, `HW-Rev` and `hw rev` are `hw_rev`. */
function snakeCase(key: string): string {
  return key.replace(/([a-z0-9])([A-Z])/g, "$1_$2").toLowerCase()
    .replace(/[^a-z0-9]+/g, "_").replace(/^_|_$/g, "");
}

function markOfWords(key: string): KeyMark | undefined {
  const lastTwo = key.split("_").slice(-2);
  if (SECRETS.has(lastTwo.join("_")) || SECRETS.has(lastTwo.at(-1) ?? "")) {
    return "secret";
  }
  if (DUT_FACTS.has(key)) return "dut fact";
  if (STAND_FACTS.has(key) || starts(key, STAND_FACT_STARTS)) {
    return "stand fact";
  }
  if (LIMIT_WORDS.has(key) || starts(key, LIMIT_STARTS)) return "limit";
  if (key === "measurement" || key === "measurements") return "measurements";
  return FIELD_WORDS.has(key) || key.startsWith("batch") ? "field" : undefined;
}

function starts(key: string, starts: readonly string[]): boolean {
  return starts.some((start) => key.startsWith(start));
}
