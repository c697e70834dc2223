import type { ImportFlags } from "../commands/history_import.ts";
import type { HistoryFlags } from "../commands/history.ts";
import type { ForgetFlags } from "../commands/history_forget.ts";
import type { SendFlags } from "../sending.ts";
import { commonFlags, text, toggle, whole } from "../flags.ts";
import { perform } from "../perform.ts";
import { proposeDigests, proposeFiles, proposeUnsent } from "../proposals.ts";
import { buildCommand } from "../command.ts";
import { buildRouteMap } from "../stricli.ts";
import { parseWhen, when } from "../when.ts";
import { sendFlags } from "./send_flags.ts";

const digest = {
  brief: "Digest of a report, or its first 8 characters or more",
  placeholder: "DIGEST",
  parse: String,
} as const;

const unsent = {
  kind: "array",
  parameter: { ...digest, proposeCompletions: proposeUnsent },
} as const;

const known = {
  kind: "array",
  parameter: { ...digest, proposeCompletions: proposeDigests },
} as const;

const list = buildCommand<HistoryFlags, []>({
  loader: async () => {
    const { history } = await import("../commands/history.ts");
    return function (flags) {
      return perform(this, flags, history);
    };
  },
  parameters: {
    flags: {
      waiting: toggle("Only what still has to be sent, with age and cause"),
      rejected: toggle("Only what StandCloud refused"),
      held: toggle("Only what a rule keeps back, and why"),
      serialNumber: text("Only runs of this DUT", "SN"),
      partNumber: text("Only runs of this part number", "PN"),
      since: when(
        "Only what changed since then: 2026-11-24, today, 7d",
        parseWhen,
      ),
      limit: whole("At most so many, the last ones (default: 100; 0: all)", {
        placeholder: "N",
        minimum: 0,
        maximum: 1_000_000_000,
      }),
      exitCode: toggle("End with the exit code of health"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Show what this stand has uploaded, and what waits",
    customUsage: ["[FLAGS]"],
    examples: [["history --waiting", "What still has to be sent, and why"], [
      "history --held",
      "What a rule keeps back, and the ways out",
    ], ["history --since today", "What happened today"]],
    fullDescription: `Show what this stand has uploaded, and what waits.

It is read from the stand's own ledger, without the network.`,
  },
});

const retry = buildCommand<SendFlags, string[]>({
  loader: async () => {
    const { historyRetry } = await import("../commands/history_retry.ts");
    return function (flags, ...prefixes) {
      return perform(this, flags, (input) => historyRetry(input, prefixes));
    };
  },
  parameters: { positional: unsent, flags: { ...sendFlags, ...commonFlags } },
  docs: {
    brief: "Send again what waits or was rejected",
    customUsage: ["[FLAGS] [DIGEST...]"],
    examples: [["history retry", "Send all that waits or was rejected"], [
      "history retry 1f3a9c02",
      "Send one run",
    ]],
  },
});

const forget = buildCommand<ForgetFlags, string[]>({
  loader: async () => {
    const { historyForget } = await import("../commands/history_forget.ts");
    return function (flags, ...prefixes) {
      return perform(this, flags, (input) => historyForget(input, prefixes));
    };
  },
  parameters: {
    positional: known,
    flags: {
      rejected: toggle("All that StandCloud refused"),
      held: toggle("All that a rule keeps back"),
      ...commonFlags,
    },
  },
  docs: {
    brief: "Drop reports from the ledger",
    customUsage: ["[FLAGS] [DIGEST...]"],
    examples: [["history forget 1f3a9c02", "Drop one run"], [
      "history forget --rejected",
      "Drop all that StandCloud refused",
    ]],
    fullDescription: `Drop reports from the ledger.

Nothing happens to their files or at StandCloud. A later upload of the same
file sends it again. Give digests, or --rejected, or --held.`,
  },
});

const importReceipts = buildCommand<ImportFlags, string[]>({
  loader: async () => {
    const { historyImport } = await import("../commands/history_import.ts");
    return function (flags, ...paths) {
      return perform(this, flags, (input) => historyImport(input, paths));
    };
  },
  parameters: {
    positional: {
      kind: "array",
      minimum: 1,
      parameter: {
        brief: "Receipts that a connected PC wrote beside a bundle",
        placeholder: "RECEIPTS",
        parse: String,
        proposeCompletions: proposeFiles,
      },
    },
    flags: commonFlags,
  },
  docs: {
    brief: "Take over what became of exported documents",
    customUsage: ["[FLAGS] RECEIPTS..."],
    examples: [[
      "history import bundle.receipts.json",
      "Take over the receipts of a bundle",
    ]],
    fullDescription: `Take over what became of exported documents.

Doing it again changes nothing, and what was uploaded stays so.`,
  },
});

/** `standcloud history`, and what is done to it. */
export const historyCommand = buildRouteMap({
  routes: { list, retry, forget, import: importReceipts },
  defaultCommand: "list",
  docs: {
    brief: "Show what this stand has uploaded, and what waits",
  },
});
