import { type ErrorKind, exitCodes } from "../../src/system/app_error.ts";
import { errorWords } from "./error_words.ts";
import type { Rows } from "./table.ts";

interface Meaning {
  readonly meaning: string;
  /** What a script does next. */
  readonly next: string;
}

/** Without an error, a command ends with one of these. */
const OTHERS: ReadonlyMap<number, Meaning> = new Map([
  [0, {
    meaning: "Done. After `upload`: every run is at StandCloud.",
    next: "go on",
  }],
  [6, {
    meaning: "No run was refused. At least one waits (network, 429, 5xx).",
    next: "run the same command later",
  }],
]);

/** Disk errors have the exit code of `usage`: one row says both. */
const MEANINGS: Readonly<Record<Exclude<ErrorKind, "disk">, Meaning>> = {
  internal: {
    meaning: "A fault of the program.",
    next: "report it",
  },
  usage: {
    meaning: "Wrong usage, an unreadable file or setting, or a disk error.",
    next: "fix the call or the disk",
  },
  login: {
    meaning: "Not logged in, login ended or refused, or account not allowed.",
    next: "run `sc-login`, or ask for access",
  },
  network: {
    meaning: "StandCloud is not reached, or the answer is not StandCloud's.",
    next: "check the network, run `doctor`",
  },
  document: {
    meaning: "At least one run is held by a rule or was refused.",
    next: "a person must look",
  },
  interrupted: {
    meaning: "Interrupted by Ctrl-C, SIGTERM or SIGHUP. The state is saved.",
    next: "run it again",
  },
};

/** The codes of a kind of error, in the order of its words. */
function codesOf(kind: string): number[] {
  const words = errorWords().filter((word) => word.kind === kind);
  return [...new Set(words.map(({ code }) => exitCodes[code]))];
}

export function exitCodeRows(): Rows {
  const rows = [
    ...[...OTHERS].map(([code, meaning]) => ({ codes: [code], ...meaning })),
    ...Object.entries(MEANINGS)
      .map(([kind, meaning]) => ({ codes: codesOf(kind), ...meaning })),
  ].sort((a, b) => (a.codes[0] ?? 0) - (b.codes[0] ?? 0));
  return [
    ["code", "meaning", "for a script"],
    ...rows.map(({ codes, meaning, next }) => [
      codes.join(" / "),
      meaning,
      next,
    ]),
  ];
}
