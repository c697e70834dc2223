/**
 * One hour of a stand, compressed into minutes: HardPy 0.25.2 takes a run each minute and stores it
 * in CouchDB (pouchdb-server), while the compiled `standcloud upload --watch` follows the database.
 * Meanwhile the network goes away twice, and the program is killed five times and started again:
 * `sh scripts/deno run -A scripts/interop/hour.ts [--runs N] [--minute SECONDS]`.
 * Prints how many runs StandCloud (the sandbox) has once, twice and not at all, and how many the
 * ledger holds: every tenth run has no part number. Fails unless every other run is there once.
 * HardPy comes from PyPI, into .toolchain/interop.
 */
import { parseArgs } from "node:util";
import { COUCH_PASSWORD, startCouch } from "../../tests/support/couch.ts";
import { standOf } from "../../tests/support/login.ts";
import { arrived } from "../../tests/support/many_reports.ts";
import {
  type BinaryRun,
  runBinary,
  startBinary,
} from "../../tests/support/run_binary.ts";
import { eventsOf } from "../../tests/support/running_program.ts";
import { TemporaryFolder } from "../../tests/support/temporary_folder.ts";
import { fromRoot } from "../compile/paths.ts";
import { fail, say } from "../compile/say.ts";
import { startSandbox } from "../sandbox/sandbox.ts";
import type { Sandbox } from "../sandbox/types.ts";
import { pythonWith } from "./environment.ts";

const HARDPY = "0.25.2";
const API_KEY = "key-of-the-hour";

/** In minutes of the hour. One kill falls into each time without a network. */
const KILLS = [8, 18, 28, 43, 54];
const OUTAGES = [[15, 22], [40, 48]] as const;
const DEAD_MINUTES = 1.5;
const HOUR = 60;

/** How long the last runs may take after the last one has ended. */
const REST_SECONDS = 120;

interface Taken {
  readonly serial: string;
  readonly hasPartNumber: boolean;
}

/** The program of the stand, which somebody kills. */
class Watch {
  readonly #args: readonly string[];
  readonly #options: { home: string; env: Record<string, string> };
  #program: BinaryRun | undefined;
  kills = 0;

  constructor(args: readonly string[], options: Watch["options"]) {
    this.#args = args;
    this.#options = options;
  }

  get options(): { home: string; env: Record<string, string> } {
    return this.#options;
  }

  async start(): Promise<void> {
    const patienceMilliseconds = 24 * 3_600_000;
    const options = { ...this.#options, patienceMilliseconds };
    this.#program = await startBinary(this.#args, options);
  }

  async kill(): Promise<void> {
    this.#program?.kill("SIGKILL");
    await this.#program?.result;
    this.kills++;
  }

  /** As Ctrl-C does. */
  async stop(): Promise<void> {
    this.#program?.kill("SIGINT");
    await this.#program?.result;
  }
}

/** What happens beside the runs, at its minute. */
function accidents(
  watch: Watch,
  sandbox: Sandbox,
): [minute: number, happen: () => unknown][] {
  const kills = KILLS.flatMap((at): [number, () => unknown][] => [
    [at, () => watch.kill()],
    [at + DEAD_MINUTES, () => watch.start()],
  ]);
  const outages = OUTAGES.flatMap(([from, to]): [number, () => unknown][] => [
    [from, () => sandbox.setReachable(false)],
    [to, () => sandbox.setReachable(true)],
  ]);
  return [...kills, ...outages].sort(([a], [b]) => a - b);
}

function startStand(
  python: string,
  { runs, minute, port }: { runs: number; minute: number; port: number },
): Deno.ChildProcess {
  const script = fromRoot("scripts/interop/hour_stand.py");
  return new Deno.Command(python, {
    args: [script, String(runs), String(minute)],
    env: {
      "COUCH_USER": "hardpy",
      "COUCH_PASSWORD": COUCH_PASSWORD,
      "COUCH_PORT": String(port),
      "NO_PROXY": "localhost",
    },
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
}

/** The runs that HardPy takes. With each one a minute is over, and what belongs to it happens. */
async function takeHour(
  stand: Deno.ChildProcess,
  happenings: [minute: number, happen: () => unknown][],
  runs: number,
): Promise<Taken[]> {
  const taken: Taken[] = [];
  let rest = "";
  for await (const text of stand.stdout.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      taken.push(JSON.parse(line));
      const now = taken.length * HOUR / runs;
      while (happenings.length > 0 && (happenings[0]?.[0] ?? 0) <= now) {
        await happenings.shift()?.[1]();
      }
    }
  }
  if (!(await stand.status).success) throw new Error("The stand failed");
  for (const [, happen] of happenings) await happen();
  return taken;
}

/** Waits until StandCloud has `count` runs, and no longer than it may take. */
async function untilSent(sandbox: Sandbox, count: number): Promise<void> {
  const deadline = performance.now() + REST_SECONDS * 1000;
  while (new Set(arrived(sandbox)).size < count) {
    if (performance.now() > deadline) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

interface Found {
  readonly once: number;
  readonly doubled: readonly string[];
  readonly lost: readonly string[];
  readonly held: readonly string[];
}

function found(
  taken: readonly Taken[],
  sent: readonly string[],
  held: readonly string[],
): Found {
  const countOf = (serial: string) =>
    sent.filter((other) => other === serial).length;
  const serials = taken.map(({ serial }) => serial);
  return {
    once: serials.filter((serial) => countOf(serial) === 1).length,
    doubled: serials.filter((serial) => countOf(serial) > 1),
    lost: serials.filter((one) => countOf(one) === 0 && !held.includes(one)),
    held: serials.filter((serial) => held.includes(serial)),
  };
}

async function heldSerials({ options }: Watch): Promise<string[]> {
  const args = ["history", "--held", "--json"];
  const events = eventsOf(await runBinary(args, options));
  return events.filter(({ event }) => event === "history")
    .map((entry) => String(entry["serial_number"]));
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: String(HOUR) },
      minute: { type: "string", default: "4" },
    },
  });
  const [runs, minute] = [Number(values.runs), Number(values.minute)];
  const python = await pythonWith(HARDPY);
  await using sandbox = await startSandbox({ apiKeys: [API_KEY] });
  await using couch = await startCouch([]);
  await using folder = await TemporaryFolder.make();
  const watch = new Watch(["upload", "--watch", "--json", couch.url], {
    home: folder.join("home"),
    env: { ...standOf(sandbox), "STANDCLOUD_API_KEY": API_KEY },
  });
  const begin = performance.now();
  await watch.start();
  const stand = startStand(python, { runs, minute, port: couch.serverPort });
  const taken = await takeHour(stand, accidents(watch, sandbox), runs);
  const wanted = taken.filter(({ hasPartNumber }) => hasPartNumber);
  await untilSent(sandbox, wanted.length);
  await watch.stop();
  const { once, doubled, lost, held } = found(
    taken,
    arrived(sandbox),
    await heldSerials(watch),
  );
  const seconds = Math.round((performance.now() - begin) / 1000);
  say(
    `${taken.length} runs of HardPy ${HARDPY} in ${seconds} s, ${OUTAGES.length} times without a network, ${watch.kills} kills`,
  );
  say(
    `${once} uploaded once, ${doubled.length} more than once, ${lost.length} lost, ${held.length} held`,
  );
  for (const serial of doubled) say(`more than once: ${serial}`);
  for (const serial of lost) say(`lost: ${serial}`);
  const isSound = once === wanted.length && doubled.length === 0 &&
    held.length === taken.length - wanted.length;
  if (!isSound) throw new Error("Not every run is there once");
}

await main().catch(fail);
