import { AppError } from "../system/app_error.ts";
import { type After, finishFile } from "../upload/sources/finish_file.ts";
import { dryRun } from "../upload/plan/dry_run.ts";
import { openLedger } from "../upload/ledger/open_ledger.ts";
import { exitCodeOf, type Report } from "../upload/report/report.ts";
import type { UploadListener, UploadPolicy } from "../upload/upload_context.ts";
import type { UploadSources } from "../upload/sources/upload_source.ts";
import { uploadRuns } from "../upload/upload_runs.ts";
import type { UploadSource } from "../upload/sources/upload_source.ts";
import type { BearerSource, StandBearer } from "../tokens/bearer.ts";
import type { CommonFlags } from "./flags.ts";
import { withKeptRuns } from "../upload/sources/kept_runs.ts";
import { placeNames, type Places } from "../sources/find_runs.ts";
import type { CommandInput } from "./command_input.ts";
import { ToldReports } from "./told_reports.ts";
import { UploadNotices } from "./upload_notices.ts";
import { summaryEvent, summaryLines } from "./upload_text.ts";

/** What is kept of the documents of bundles while they are sent. */
export interface Courier {
  /** Before anything is sent. */
  begin(address: string): Promise<void>;
  done(source: UploadSource, reports: readonly Report[]): void;
}

export interface SendFlags extends CommonFlags {
  readonly concurrency?: number | "auto";
  readonly timeout?: number;
  readonly retryFor?: number;
  readonly retryNow?: boolean;
}

export interface UploadFlags extends SendFlags {
  readonly dryRun?: boolean;
  readonly force?: boolean;
  readonly fillUnknown?: boolean;
  readonly after?: After;
  readonly watch?: boolean;
  readonly export?: string;
  readonly database?: boolean;
  readonly metrics?: string;
  readonly ignore?: readonly string[];
}

const DEFAULT_TIMEOUT_SECONDS = 20;
const DEFAULT_RETRY_SECONDS = 60;

const NOWHERE: Places = { paths: [], databases: [] };

/** What is sent, and what the flags cannot say of it. */
export interface Sending extends Omit<UploadSources, "all"> {
  readonly sources: AsyncIterable<UploadSource>;
  /** Told when nothing more is sent. */
  readonly onStop?: () => void;
  /** Begins what goes on beside the upload, and ends with it. */
  readonly beside?: (bearer: StandBearer) => AsyncDisposable;
  /** Folders that are watched: whole paths, without links. */
  readonly folders?: readonly string[];
  /** How many files there are, once somebody has counted them. */
  readonly expected?: Promise<number>;
  /** Of bundles: keeps their receipts. */
  readonly courier?: Courier;
  /** Where the user has runs: what waits in the ledger alone and comes from there is sent too. */
  readonly places?: Places;
}

/** Sends what the sources hold, tells what becomes of it, and gives the exit code. */
export async function send(
  input: CommandInput<UploadFlags>,
  sending: Sending,
): Promise<number> {
  const { live, only, until, places = NOWHERE, folders, courier } = sending;
  const { system, output, flags } = input;
  const stand = await input.stand();
  const session = await stand.session();
  await requireLogin(session.bearer);
  await using _beside = sending.beside?.(session.bearer);
  const address = session.service.address.text;
  await courier?.begin(address);
  const opened = await stand.part(openLedger);
  if (flags.retryNow) await opened.ledger.pauses.end(address);
  const waiting = () => opened.history.unsent(address);
  const paths = placeNames(places);
  using notices = new UploadNotices(input, { paths, folders, waiting });
  sending.expected?.then((total) => notices.expect(total));
  notices.begin(address);
  const told = new ToldReports(input);
  const result = await uploadRuns(system, {
    target: { ...session, ledger: opened.ledger },
    sources: {
      ...{ live, only, until },
      all: withKeptRuns(system, opened, { ...sending, places, address }),
    },
    policy: policyOf(flags),
    listener: {
      ...tellingOf(input, notices, told),
      fileEnd: finishing(input, opened.isDurable, courier),
      stopped: () => sending.onStop?.(),
    },
  });
  const stopped = notices.end(result.stopped);
  told.end();
  const ended = { ...result, held: opened.history.count("held") };
  const { chosen } = session;
  // After an idle watch the error alone is enough.
  const isIdle = stopped !== undefined &&
    Object.values(result.counts).every((count) => count === 0);
  const lines = summaryLines(ended, chosen).slice(isIdle ? 1 : 0);
  output.result(summaryEvent(ended, chosen), lines);
  if (stopped !== undefined) output.error(stopped);
  return exitCodeOf(result);
}

function policyOf(flags: UploadFlags): UploadPolicy {
  return {
    concurrency: flags.concurrency ?? "auto",
    timeoutMilliseconds: (flags.timeout ?? DEFAULT_TIMEOUT_SECONDS) * 1000,
    retryMilliseconds: flags.watch
      ? Infinity
      : (flags.retryFor ?? DEFAULT_RETRY_SECONDS) * 1000,
    force: flags.force ?? false,
    fillUnknown: flags.fillUnknown ?? false,
  };
}

/** What keeps a file from being moved is told once, however often that is tried. */
function finishing(
  { system, output, flags }: CommandInput<UploadFlags>,
  isDurable: boolean,
  courier: Courier | undefined,
): UploadListener["fileEnd"] {
  const after = isDurable ? flags.after ?? "keep" : "keep";
  const told = new Map<string, string>();
  return async (source, reports) => {
    courier?.done(source, reports);
    const warn = (message: string) => {
      if (told.get(source.name) !== message) output.warn(message);
      told.set(source.name, message);
    };
    const isDone = await finishFile(system, { source, reports }, {
      after,
      warn,
    });
    if (isDone) told.delete(source.name);
    return isDone;
  };
}

/** What a person or a script hears while reports are sent. */
function tellingOf(
  input: CommandInput<UploadFlags>,
  notices: UploadNotices,
  told: ToldReports,
): Omit<UploadListener, "fileEnd" | "stopped"> {
  const { flags } = input;
  return {
    passedOver: passingOver(input),
    report(report) {
      // What is as it was is no event; at each start there may be thousands.
      const isAsItWas = report.outcome === "already_uploaded" &&
        !report.lacksAdditions;
      const isNews = !isAsItWas && !report.isUnfinished;
      if (isNews || !flags.watch) notices.add(report);
      if (isNews || !flags.watch || flags.verbose) told.tell(report);
    },
    resumed: () => notices.resume(),
    paused: (pause) => notices.pause(pause),
  };
}

/** Says what would be sent. */
export async function plan(
  input: CommandInput<UploadFlags>,
  { sources, places = NOWHERE }: Pick<Sending, "sources" | "places">,
): Promise<number> {
  const { system, output, flags } = input;
  const chosen = (await (await input.stand()).targetIfKnown())?.chosen;
  const address = chosen?.address.text;
  const opened = await (await input.stand()).part(openLedger);
  const told = new ToldReports(input);
  const result = await dryRun(system, {
    sources: withKeptRuns(system, opened, { sources, places, address }),
    ...(address !== undefined && {
      known: { address, ledger: opened.ledger },
    }),
    force: flags.force ?? false,
    fillUnknown: flags.fillUnknown ?? false,
    onReport: (report) => told.tell(report),
    onPassedOver: passingOver(input),
  });
  told.end();
  const ended = { ...result, held: opened.history.count("held") };
  output.result(summaryEvent(ended, chosen), summaryLines(ended, chosen));
  return exitCodeOf(result);
}

/** What is no run is told once, however often its file comes. */
export function passingOver(
  { output }: CommandInput<UploadFlags>,
): (note: string) => void {
  const told = new Set<string>();
  return (note) => {
    if (!told.has(note)) output.aside(note);
    told.add(note);
  };
}

/** Without a login nothing can be sent; a network that is away may come back. */
async function requireLogin(bearer: BearerSource): Promise<void> {
  try {
    await bearer();
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== "network") throw error;
  }
}
