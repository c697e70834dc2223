import { AppError } from "../../system/app_error.ts";
import type { Entry } from "../../upload/ledger/entry.ts";
import type { History, HistoryFilter } from "../../upload/ledger/history.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import type { CommonFlags } from "../flags.ts";
import { entryEvent, entryLine } from "../history_text.ts";
import type { CommandInput } from "../command_input.ts";

export interface HistoryFlags extends CommonFlags {
  readonly waiting?: boolean;
  readonly rejected?: boolean;
  readonly since?: Date;
  readonly limit?: number;
}

export type ForgetFlags = CommonFlags;

const DEFAULT_LIMIT = 100;

export async function history(
  input: CommandInput<HistoryFlags>,
): Promise<number> {
  const { output, flags } = input;
  if (flags.waiting && flags.rejected) {
    throw new AppError("usage", "--waiting and --rejected exclude each other");
  }
  const opened = await (await input.stand()).part(openLedger);
  await opened.ledger.recover();
  // What a person has to act on is never cut short.
  const isWhole = flags.waiting || flags.rejected;
  const limit = flags.limit ?? (isWhole ? 0 : DEFAULT_LIMIT);
  let shown = 0;
  const state = flags.waiting
    ? "waiting"
    : flags.rejected
    ? "rejected"
    : undefined;
  const filter: HistoryFilter = {
    ...(state !== undefined && { state }),
    ...(flags.since !== undefined && { since: flags.since }),
  };
  const options = {
    now: input.system.clock.now(),
    tellsAddress: !flags.json &&
      haveSeveralAddresses(
        opened.history.entries({ ...filter, limit: DEFAULT_LIMIT }),
      ),
  };
  const entries = opened.history.entries({
    ...filter,
    ...(limit > 0 && { limit }),
  });
  for (const entry of entries) {
    output.result(entryEvent(entry), [entryLine(entry, options)], false);
    shown++;
  }
  tellCounts(opened.history, shown, output);
  return 0;
}

function haveSeveralAddresses(entries: Iterable<Entry>): boolean {
  return new Set(Array.from(entries, ({ address }) => address)).size > 1;
}

function tellCounts(
  history: History,
  shown: number,
  output: CommandInput<CommonFlags>["output"],
): void {
  const { uploaded = 0, waiting = 0, sending = 0, rejected = 0 } = history
    .counts();
  const counts = { uploaded, waiting, sending, rejected };
  const parts = Object.entries(counts).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${state}`);
  output.result(
    { event: "history_summary", ...counts, shown },
    [parts.length === 0 ? "Nothing was uploaded yet." : parts.join(", ")],
  );
}

export async function historyForget(
  input: CommandInput<ForgetFlags>,
  prefixes: readonly string[],
): Promise<number> {
  const { output } = input;
  const stand = await input.stand();
  const address = await stand.addressIfKnown();
  const opened = await stand.part(openLedger);
  await opened.ledger.recover();
  const entries = prefixes.map((prefix) =>
    meant(entriesOf(opened.history, prefix), address)
  );
  for (const entry of eachOnce(entries)) {
    if (!opened.history.forget(entry)) throw isBusy(entry);
    const { digest, address, source, state } = entry;
    const facts = [digest.slice(0, 12), state, address];
    output.result({ event: "forgotten", digest, address, source }, [
      `forgotten  ${source} (${facts.join(", ")})`,
    ]);
  }
  return 0;
}

/** Of one address, however often it was named. */
export function eachOnce(entries: readonly Entry[]): Entry[] {
  return [...new Map(entries.map((one) => [one.digest, one])).values()];
}

const SHORTEST_PREFIX = 8;

/** @throws `usage` when a digest means no report, or several. */
export function entriesOf(history: History, prefix: string): Entry[] {
  const isDigest = /^[0-9a-f]+$/.test(prefix);
  const entries = isDigest && prefix.length >= SHORTEST_PREFIX
    ? history.byPrefix(prefix)
    : [];
  const digests = new Set(entries.map(({ digest }) => digest));
  if (digests.size === 1) return entries;
  throw new AppError(
    "usage",
    digests.size === 0
      ? `The ledger knows no report "${prefix}"`
      : `"${prefix}" means ${digests.size} reports`,
    {
      hints: [
        `give a digest, or its first ${SHORTEST_PREFIX} characters or more; standcloud history --json lists them`,
      ],
    },
  );
}

/** Of a report that went to several addresses, the one that is used now. */
function meant(entries: readonly Entry[], address: string | undefined): Entry {
  const [first, ...others] = entries;
  const entry = others.length === 0
    ? first
    : entries.find((one) => one.address === address);
  if (entry !== undefined) return entry;
  const addresses = entries.map((one) => one.address).join(", ");
  throw new AppError(
    "usage",
    `"${first?.source}" went to several addresses: ${addresses}`,
    { hints: ["set STANDCLOUD_ADDRESS to the one that is meant"] },
  );
}

function isBusy({ source }: Entry): AppError {
  return new AppError("usage", `"${source}" is being sent right now`, {
    hints: ["wait until it has been sent, or end that upload"],
  });
}
