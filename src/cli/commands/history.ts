import { STATES } from "../../upload/ledger/entry.ts";
import { AppError } from "../../system/app_error.ts";
import type { Entry, EntryState } from "../../upload/ledger/entry.ts";
import type { HistoryFilter } from "../../upload/ledger/history.ts";
import {
  type OpenLedger,
  openLedger,
} from "../../upload/ledger/open_ledger.ts";
import type { CommonFlags } from "../flags.ts";
import { HistoryTable } from "../history_table.ts";
import { entryEvent, entryLines, type LineOptions } from "../history_text.ts";
import type { Line } from "../line.ts";
import type { CommandInput } from "../command_input.ts";
import { lookedAt, whoseText } from "../looked_at.ts";
import { screenOf } from "../screen.ts";
import { standHealth } from "../stand_health.ts";
import { timesOf } from "../times.ts";

/** Each chooses a state; what a person has to act on is never cut short. */
export const STATE_FLAGS = ["waiting", "rejected", "held"] as const;

export type StateFlags = {
  readonly [name in typeof STATE_FLAGS[number]]?: boolean;
};

export interface HistoryFlags extends CommonFlags, StateFlags {
  readonly since?: Date;
  readonly limit?: number;
  readonly serialNumber?: string;
  readonly partNumber?: string;
  readonly exitCode?: boolean;
}

const DEFAULT_LIMIT = 100;

export async function history(
  input: CommandInput<HistoryFlags>,
): Promise<number> {
  const { output, flags } = input;
  const state = chosenState(flags);
  const opened = await (await input.stand()).part(openLedger);
  await opened.ledger.recover();
  const limit = flags.limit ?? (state === undefined ? DEFAULT_LIMIT : 0);
  const filter = filterOf(flags, state);
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
  const linesOf = linesFor(input, options);
  let shown = 0;
  for (const entry of entries) {
    output.result(entryEvent(entry), linesOf(entry), false);
    shown++;
  }
  tellCounts(input, opened, shown);
  return flags.exitCode ? (await standHealth(input)).exitCode : 0;
}

/** A table for a person; a line for each run where a script may read it. */
function linesFor(
  { system, flags }: CommandInput<HistoryFlags>,
  options: LineOptions,
): (entry: Entry) => readonly Line[] {
  const screen = screenOf(system);
  if (!screen.isTerminal) return (entry) => entryLines(entry, options);
  const times = timesOf(system, "stdout");
  const tellsAll = flags.verbose ?? false;
  const table = new HistoryTable({ ...options, screen, times, tellsAll });
  return (entry) => table.lines(entry);
}

/** @throws `usage` for more than one. */
export function chosenState(flags: StateFlags): EntryState | undefined {
  const [state, other] = STATE_FLAGS.filter((name) => flags[name]);
  if (other === undefined) return state;
  throw new AppError("usage", `--${state} and --${other} exclude each other`);
}

function filterOf(
  { since, serialNumber, partNumber }: HistoryFlags,
  state: EntryState | undefined,
): HistoryFilter {
  return {
    ...(state !== undefined && { state }),
    ...(since !== undefined && { since }),
    ...(serialNumber !== undefined && { serialNumber }),
    ...(partNumber !== undefined && { partNumber }),
  };
}

function haveSeveralAddresses(entries: Iterable<Entry>): boolean {
  return new Set(Array.from(entries, ({ address }) => address)).size > 1;
}

function tellCounts(
  { system, output }: CommandInput<HistoryFlags>,
  { history }: OpenLedger,
  shown: number,
): void {
  const { counts, oldestWaitingAt, lastUploadedAt } = history.summary();
  const parts = STATES.filter((state) => counts[state] > 0)
    .map((state) => `${counts[state]} ${state}`);
  const { user, ledger } = lookedAt(system);
  output.result(
    {
      event: "history_summary",
      ...counts,
      shown,
      "oldest_waiting_at": oldestWaitingAt?.toISOString() ?? null,
      "last_uploaded_at": lastUploadedAt?.toISOString() ?? null,
      user,
      ledger,
    },
    parts.length === 0
      ? [
        "Nothing was uploaded yet.",
        `note: looked into the ledger${whoseText(user, ledger)}`,
      ]
      : [parts.join(", ")],
  );
}
