import { type Propose, proposeFiles } from "./proposals.ts";

/** Flags that every command takes. */
export interface CommonFlags {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly verbose?: boolean;
  readonly noInput?: boolean;
  readonly config?: string;
  readonly caFile?: string;
  readonly keyFile?: string;
}

export const DAY_SECONDS = 24 * 3600;

interface Toggle {
  readonly kind: "boolean";
  readonly brief: string;
  readonly optional: true;
  readonly withNegated: false;
}

interface Parsed<T> {
  readonly kind: "parsed";
  readonly brief: string;
  readonly placeholder: string;
  readonly optional: true;
  readonly proposeCompletions?: Propose;
  parse(input: string): T;
}

/** A switch that is off unless given. */
export function toggle(brief: string): Toggle {
  return {
    kind: "boolean",
    brief,
    optional: true,
    withNegated: false,
  };
}

/** A flag with a value that is taken as it is. */
export function text(
  brief: string,
  placeholder: string,
  propose: Propose = /^(?:PATH|FILE|DIR)/.test(placeholder)
    ? proposeFiles
    : () => [],
): Parsed<string> {
  return {
    kind: "parsed",
    brief,
    placeholder,
    optional: true,
    proposeCompletions: propose,
    parse: String,
  };
}

interface WholeOptions {
  readonly placeholder: string;
  readonly minimum: number;
  readonly maximum: number;
}

/** A flag with a whole number from `minimum` to `maximum`. */
export function whole(
  brief: string,
  { placeholder, minimum, maximum }: WholeOptions,
): Parsed<number> {
  return {
    kind: "parsed",
    brief,
    placeholder,
    optional: true,
    parse: (input: string) => parseWhole(input, minimum, maximum),
  };
}

/** The same, or one word instead of a number. */
export function wholeOr<const T extends string>(
  word: T,
  brief: string,
  { placeholder, ...limits }: WholeOptions,
): Parsed<number | T> {
  const number = whole(brief, {
    placeholder: `${placeholder}|${word}`,
    ...limits,
  });
  return {
    ...number,
    proposeCompletions: () => [word],
    parse: (input) => input === word ? word : number.parse(input),
  };
}

/** In seconds. */
interface SpanLimits {
  readonly minimum?: number;
  readonly maximum?: number;
}

/** A flag with a time span. Its value is in seconds. */
export function duration(
  brief: string,
  limits: SpanLimits = {},
): Parsed<number> {
  return {
    kind: "parsed",
    brief,
    placeholder: "DURATION",
    optional: true,
    parse: (input: string) => parseDuration(input, limits),
  };
}

const UNIT_SECONDS: Readonly<Record<string, number>> = {
  d: DAY_SECONDS,
  h: 3600,
  m: 60,
  s: 1,
  "": 1,
};
const LONGEST_DAYS = 3650;

/** Seconds, or `90s`, `5m`, `2h`, `1d`. */
export function parseDuration(
  input: string,
  { minimum = 0, maximum = LONGEST_DAYS * DAY_SECONDS }: SpanLimits = {},
): number {
  const [, number = "", unit = ""] = /^(\d+)([smhd]?)$/.exec(input) ?? [];
  const seconds = Number(number || NaN) * (UNIT_SECONDS[unit] ?? NaN);
  if (seconds >= minimum && seconds <= maximum) return seconds;
  throw new RangeError(
    `a time span from ${spanText(minimum)} to ${
      spanText(maximum)
    } is expected: seconds, or for example 90s, 5m, 2h, 1d`,
  );
}

/** `1d`: in the largest unit that gives a whole number. */
function spanText(seconds: number): string {
  const [unit = "s", size = 1] = Object.entries(UNIT_SECONDS)
    .find(([, size]) => seconds >= size && seconds % size === 0) ?? [];
  return `${seconds / size}${unit}`;
}

/** A flag with one of a few words. */
export function oneOf<const T extends string>(
  brief: string,
  words: readonly T[],
): Parsed<T> {
  const placeholder = words.join("|");
  return {
    kind: "parsed",
    brief,
    placeholder,
    optional: true,
    proposeCompletions: () => words,
    parse(input: string) {
      const word = words.find((one) => one === input);
      if (word !== undefined) return word;
      throw new RangeError(`one of ${words.join(", ")} is expected`);
    },
  };
}

export function parseWhole(
  input: string,
  minimum: number,
  maximum: number,
): number {
  const value = /^\d+$/.test(input) ? Number(input) : NaN;
  if (value >= minimum && value <= maximum) return value;
  throw new RangeError(
    `a whole number from ${minimum} to ${maximum} is expected`,
  );
}

/** `8400,8401`: ports to try in this order. */
export function parsePorts(input: string): number[] {
  return input.split(",").map((port) => parseWhole(port.trim(), 1, 65535));
}

export const commonFlags = {
  json: toggle("Print one JSON object per line"),
  quiet: toggle("Print only what needs attention"),
  verbose: toggle("Print each request, and what is being done"),
  noInput: toggle("Never ask a question"),
  config: text("A hardpy.toml or its folder (default: this folder)", "PATH"),
  caFile: text("More certificate authorities to trust (PEM)", "PATH"),
  keyFile: text("Age identity that seals the stored logins", "PATH"),
};

/** A flag's name as it is typed: `noInput` is `no-input`. */
export function kebab(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}
