import type { HistoryFilter } from "../upload/ledger/history.ts";
import type { CliContext } from "./context.ts";
import { Output, PLAIN } from "./output.ts";

/** Proposes what a word on the command line could become. */
export type Propose = (
  partial: string,
) => readonly string[] | Promise<readonly string[]>;

/** What no argument can hold stands for "any file": shells list files better. */
const FILES = "\0";

/** For arguments that name a file. */
export function proposeFiles(partial: string): readonly string[] {
  return [partial + FILES];
}

export function meansFiles(proposal: string): boolean {
  return proposal.endsWith(FILES);
}

/** The addresses that this stand is logged in to. */
export async function proposeAddresses(
  this: CliContext,
): Promise<readonly string[]> {
  const { Stand } = await import("../stand/stand.ts");
  const { addressOfFileName } = await import("../standcloud/address.ts");
  const output = new Output(this.system.terminal, PLAIN);
  const stand = new Stand(this.system, { noInput: true }, { tell: output });
  const { store } = await stand.logins();
  return (await store.list()).map(addressOfFileName);
}

export async function proposeRules(): Promise<readonly string[]> {
  const { explainedRules } = await import("./rule_text.ts");
  return explainedRules.map(({ word }) => word);
}

/** The numbers that `stats --explain` knows. */
export async function proposeNumbers(): Promise<readonly string[]> {
  const { explainedNames } = await import("../stats/explain/explanations.ts");
  return explainedNames;
}

const DIGESTS = 100;

/** The digests of the ledger that begin so; of many those that changed last. */
export function proposeDigests(
  this: CliContext,
  prefix: string,
): Promise<readonly string[]> {
  return digestsOf(this, [{ prefix }]);
}

/** Those of reports that can be sent again. */
export function proposeUnsent(
  this: CliContext,
  prefix: string,
): Promise<readonly string[]> {
  const states = ["waiting", "rejected"] as const;
  return digestsOf(this, states.map((state) => ({ state, prefix })));
}

async function digestsOf(
  { system }: CliContext,
  filters: readonly HistoryFilter[],
): Promise<readonly string[]> {
  const { lookIntoLedger } = await import(
    "../upload/ledger/look_into_ledger.ts"
  );
  const entries = await lookIntoLedger(
    system,
    (history) =>
      filters.flatMap((filter) => [
        ...history.entries({ ...filter, limit: DIGESTS }),
      ]),
  );
  return (entries ?? []).map(({ digest }) => digest);
}
