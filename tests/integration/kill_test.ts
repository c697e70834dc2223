import { deepStrictEqual as equal } from "node:assert/strict";
import { randomNumbers } from "../../scripts/sandbox/faults.ts";
import { startSandbox } from "../../scripts/sandbox/sandbox.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";
import { standOf } from "../support/login.ts";
import { arrived, writeReports } from "../support/many_reports.ts";
import { type BinaryRun, startBinary } from "../support/run_binary.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** How often the program is killed while the look-up works: `KILLS=1000` for the long run. */
const KILLS = Number(Deno.env.get("KILLS") ?? 100);
const REPORTS = 300;
/** About as long as an upload of all of them takes. */
const LONGEST_MILLISECONDS = 600;
const API_KEY = "key-of-the-lab";

/** A stand whose program does not live long. */
interface DoomedStand extends AsyncDisposable {
  readonly sandbox: Sandbox;
  /** Writes the reports of a round and gives their serial numbers, sorted. */
  write(round: number): Promise<string[]>;
  start(round: number): Promise<BinaryRun>;
}

async function doomedStand(): Promise<DoomedStand> {
  await using resources = new AsyncDisposableStack();
  const sandbox = resources.use(await startSandbox({ apiKeys: [API_KEY] }));
  const folder = resources.use(await TemporaryFolder.make());
  const owned = resources.move();
  const pathOf = (round: number) => folder.join(`round-${round}`);
  return {
    sandbox,
    write: async (round) =>
      (await writeReports(pathOf(round), REPORTS, `SN-${round}`)).sort(),
    start: (round) =>
      startBinary(["upload", "--json", pathOf(round)], {
        home: folder.join("home"),
        env: { ...standOf(sandbox), STANDCLOUD_API_KEY: API_KEY },
      }),
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}

/**
 * Starts the program and kills it after a random time, again and again; a
 * round is over when it was fast enough to send the last report.
 */
async function killOften(
  stand: DoomedStand,
  { kills, hasLookup, check }: {
    kills: number;
    hasLookup: boolean;
    check(serials: string[]): void;
  },
): Promise<void> {
  const random = randomNumbers(4);
  const newRound = async (round: number) => {
    stand.sandbox.reset();
    if (!hasLookup) stand.sandbox.lookup.status = 404;
    return await stand.write(round);
  };
  let killed = 0;
  let rounds = 0;
  let serials = await newRound(rounds);
  while (killed < kills) {
    const program = await stand.start(rounds);
    const wait = random() * LONGEST_MILLISECONDS;
    const timer = setTimeout(() => program.kill("SIGKILL"), wait);
    const { code, stdout } = await program.result;
    clearTimeout(timer);
    if (code === 137) killed++;
    else {
      equal(code, 0, stdout);
      check(serials);
      serials = await newRound(++rounds);
    }
  }
  const { code, stdout } = await (await stand.start(rounds)).result;
  equal(code, 0, stdout);
  check(serials);
}

Deno.test(`upload that is killed ${KILLS} times sends each report once`, async () => {
  await using stand = await doomedStand();
  const { sandbox } = stand;
  await killOften(stand, {
    kills: KILLS,
    hasLookup: true,
    check: (serials) => equal(arrived(sandbox), serials),
  });
});

Deno.test("upload that is killed loses no report where nobody can look runs up", async () => {
  await using stand = await doomedStand();
  const { sandbox } = stand;
  await killOften(stand, {
    kills: Math.ceil(KILLS / 4),
    hasLookup: false,
    check(serials) {
      const known = new Set(arrived(sandbox));
      equal(serials.filter((serial) => !known.has(serial)), []);
    },
  });
});
