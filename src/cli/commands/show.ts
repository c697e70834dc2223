import { describeRun } from "../../inspect/show/describe_run.ts";
import type { RunView } from "../../inspect/show/view.ts";
import type { RunSource, Unread } from "../../runs/examine.ts";
import { type Reading, readRuns } from "../../runs/read_runs.ts";
import type { Run } from "../../runs/run.ts";
import { SIZE_LIMIT } from "../../runs/size_limit.ts";
import { AppError } from "../../system/app_error.ts";
import { cleanLine } from "../clean.ts";
import { usesColour } from "../screen.ts";
import type { CommonFlags } from "../flags.ts";
import { isRunFile } from "../../sources/find_runs.ts";
import type { CommandInput } from "../command_input.ts";
import { shownSources } from "../shown_sources.ts";

export interface ShowFlags extends CommonFlags {
  readonly html?: string;
  readonly all?: boolean;
}

/** Says what to do with each run, and says so when all are read. */
interface Display {
  show(run: Run, source: string): void;
  end(): Promise<void>;
}

/** Shows every run of a file, or the one of a digest, and goes on where one of several cannot be read. */
export async function show(
  input: CommandInput<ShowFlags>,
  word: string,
): Promise<number> {
  const { system, output, flags } = input;
  if (flags.html === "-" && flags.json) {
    throw new AppError("usage", "--json and --html - both write to stdout");
  }
  if (flags.html !== undefined && isRunFile(flags.html)) {
    throw new AppError(
      "usage",
      `--html FILE is the page to write, and "${flags.html}" is named like a run document`,
      { hints: ["give one run, and a name like run.html"] },
    );
  }
  const display = flags.html === undefined
    ? await terminalDisplay(input)
    : pageDisplay(input, flags.html);
  let [exitCode, shown] = [0, 0];
  const sources = await shownSources(
    input,
    word,
    (text) => output.aside(text),
  );
  for (const { source, isMeant, isWhole } of sources) {
    for (const reading of await readSource(source)) {
      system.interrupted.throwIfAborted();
      if (!(reading instanceof AppError) && "run" in reading) {
        const { run, label } = reading;
        if (!isMeant(run, label)) continue;
        display.show(run, source.name + label);
        shown++;
      } else if (isWhole || reading instanceof AppError) {
        const error = problemOf(reading, source);
        output.error(error);
        exitCode = Math.max(exitCode, error.exitCode);
      }
    }
  }
  await display.end();
  const isOne = sources.every(({ isWhole }) => !isWhole);
  if (isOne && shown === 0 && exitCode === 0) {
    throw new AppError("input_unreadable", `There is no run "${word}"`);
  }
  return exitCode;
}

function problemOf(
  reading: Exclude<Reading, { run: Run }> | AppError,
  { name }: RunSource,
): AppError {
  if (reading instanceof AppError) return reading;
  const { line, column, message, fix } = reading.problem;
  const place = `${name}:${line}:${column}`;
  return new AppError("document_invalid", `${place}: ${message}`, {
    hints: [fix],
  });
}

async function readSource(source: RunSource): Promise<(Reading | AppError)[]> {
  const unreadable = (reason: string) =>
    new AppError("input_unreadable", `Cannot read "${source.name}": ${reason}`);
  try {
    // Nothing waits here that would hold the bytes of a large file.
    return await source.read().then<(Reading | AppError)[]>((read) =>
      "reason" in read
        ? [notRead(read) ?? unreadable(read.reason)]
        : readRuns(read.bytes, SIZE_LIMIT, source)
    );
  } catch (error) {
    // The engine's own limits: the length of a string, the depth of nesting.
    if (!(error instanceof RangeError)) throw error;
    return [unreadable("it is too large or nested too deep")];
  }
}

/** The reason of a disk names the file already. */
function notRead({ reason, isDiskFault }: Unread): AppError | undefined {
  return isDiskFault ? new AppError("input_unreadable", reason) : undefined;
}

async function terminalDisplay(
  { system, output, flags }: CommandInput<ShowFlags>,
): Promise<Display> {
  const { runText } = await import("../../inspect/show/text/run_text.ts");
  const { coloured, plain } = await import("../../inspect/show/text/paint.ts");
  const options = {
    all: flags.all ?? false,
    paint: usesColour(system) ? coloured : plain,
  };
  return {
    show(run, source) {
      if (flags.json) return output.line(runEvent(run, source));
      const view = describeRun(run, { source, clean: cleanLine });
      output.laidOut(`${runText(view, options).join("\n")}\n`);
    },
    end: () => Promise.resolve(),
  };
}

/** The `run` event; its document is written as it is, to lose no digit. */
function runEvent(run: Run, source: string): string {
  const event = { event: "run", source, digest: run.digest() };
  return `${JSON.stringify(event).slice(0, -1)},"document":${run.wire()}}`;
}

/** More than this nobody scrolls through. */
const RUNS_LIMIT = 50;
/** The digest of a larger document takes longer than the page is worth. */
const DIGEST_LIMIT = 20_000_000;

function sizeOf({ slice }: Run): number {
  return slice.end - slice.start;
}

function pageDisplay(
  { system, output, flags }: CommandInput<ShowFlags>,
  file: string,
): Display {
  const views: RunView[] = [];
  let hidden = 0;
  return {
    show(run, source) {
      if (views.length === RUNS_LIMIT) return void hidden++;
      const digest = sizeOf(run) > DIGEST_LIMIT ? undefined : run.digest();
      views.push(describeRun(run, { source, digest, clean: cleanLine }));
    },
    async end() {
      if (views.length === 0) return;
      const { runPage } = await import("../../inspect/show/html/page.ts");
      const page = await runPage(views, { all: flags.all ?? false, hidden });
      if (file === "-") return system.terminal.writeStdout(page);
      await system.outputFiles.write(file, page);
      output.result(
        { event: "page", file, runs: views.length, hidden },
        [`Wrote ${file}`],
      );
      if (hidden === 0) return;
      const runs = views.length + hidden;
      output.aside(
        `the page holds ${views.length} of ${runs} runs; standcloud stats tells what all of them say together`,
      );
    },
  };
}
