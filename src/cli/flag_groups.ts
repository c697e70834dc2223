/** The headings of flags in the help, in its order. */
export const GROUPS = ["WHAT", "HOW", "OUTPUT", "LOGIN"] as const;

type Group = typeof GROUPS[number];

/** Which runs or rules are meant. */
const WHAT = [
  "database",
  "fillUnknown",
  "force",
  "ignore",
  "explain",
  "listRules",
  "waiting",
  "rejected",
  "held",
  "serialNumber",
  "partNumber",
  "since",
  "until",
  "limit",
  "status",
  "stand",
  "firmwareVersion",
  "info",
  "batch",
  "process",
  "operator",
  "allAttempts",
  "manual",
];

/** What is printed or written. */
const OUTPUT = [
  "format",
  "statistics",
  "csv",
  "html",
  "metrics",
  "exitCode",
  "json",
  "quiet",
  "verbose",
];

/** Where the settings and the login come from. */
const LOGIN = ["noInput", "config", "caFile", "keyFile"];

/** The heading of a flag. A flag that is in no list says how the work is done. */
export function groupOf(flag: string): Group {
  if (WHAT.includes(flag)) return "WHAT";
  if (OUTPUT.includes(flag)) return "OUTPUT";
  return LOGIN.includes(flag) ? "LOGIN" : "HOW";
}
