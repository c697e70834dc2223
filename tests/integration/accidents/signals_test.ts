import { deepStrictEqual as equal, match, ok } from "node:assert/strict";
import type { FaultAction } from "../../../scripts/sandbox/fault_types.ts";
import type { Sandbox } from "../../../scripts/sandbox/types.ts";
import { lockLedger } from "../../support/lock_ledger.ts";
import { arrived, writeReports } from "../../support/many_reports.ts";
import { type BinaryRun, startBinary } from "../../support/run_binary.ts";
import { setLoggedInStage, type Stage } from "../../support/stage.ts";
import { until } from "../../support/until.ts";

const REPORTS = 20;

/** Two seconds, and one more for a machine that has much else to do. */
const LONGEST_MILLISECONDS = 3000;

/** What the program is at when the signal comes. */
interface Phase {
  /** As the end of a sentence. */
  readonly name: string;
  readonly flags?: readonly string[];
  /** What else the person hears; default nothing. */
  readonly says?: RegExp;
  /** Keeps the program in the phase; what it gives tells whether it is there. */
  hold(
    stage: Stage,
    resources: AsyncDisposableStack,
  ): Promise<(program: BinaryRun) => boolean>;
}

/** Does this to such requests, and tells whether there has been one. */
function fault(
  { faults }: Sandbox,
  { method = "POST", path = "/test_report", action = FOREVER }: {
    method?: string;
    path?: string;
    action?: FaultAction;
  } = {},
): () => boolean {
  let isMet = false;
  faults.push({
    match(asked, at) {
      const isMeant = asked === method && at.endsWith(path);
      isMet ||= isMeant;
      return isMeant;
    },
    action,
  });
  return () => isMet;
}

const FOREVER: FaultAction = { kind: "delay", milliseconds: 60_000 };

const PHASES: readonly Phase[] = [{
  name: "reports are under way",
  hold: ({ sandbox }) => Promise.resolve(fault(sandbox)),
}, {
  name: "a report is looked up",
  async hold({ sandbox, folder, run }) {
    fault(sandbox, { action: { kind: "commit_then_drop" } });
    await run(["upload", "--retry-for", "0", folder.join("runs")]);
    sandbox.faults.length = 0;
    return fault(sandbox, { method: "GET", path: "/test_run" });
  },
}, {
  name: "the login is renewed",
  says: /^waiting for the renewed login, which would be lost otherwise/m,
  // Whose answer is waited for in any case.
  hold({ sandbox }) {
    sandbox.expireAccessTokens();
    const action = { kind: "delay", milliseconds: 1500 } as const;
    return Promise.resolve(fault(sandbox, { path: "/token", action }));
  },
}, {
  name: "StandCloud is left alone for a while",
  hold({ sandbox }) {
    fault(sandbox, {
      action: {
        kind: "too_many_requests",
        retryAfterSeconds: 5,
        asDate: false,
      },
    });
    return Promise.resolve(({ output }) => output.stderr.includes("429"));
  },
}, {
  name: "another program keeps the ledger locked",
  async hold({ home, run }, resources) {
    await run(["history"]);
    resources.use(lockLedger(home));
    const begin = performance.now();
    return () => performance.now() - begin > 1000;
  },
}, {
  name: "a folder is watched",
  flags: ["--watch"],
  says: /^20.+Z stopped$/m,
  hold: ({ sandbox }) =>
    Promise.resolve(() => sandbox.reports.length === REPORTS),
}, {
  name: "a run of HardPy may be added to",
  async hold({ folder, sandbox }, resources) {
    const runstore = folder.join("runs", ".hardpy", "storage", "runstore");
    const [serial] = await writeReports(runstore, 1, "LIVE");
    const path = `${runstore}/${serial}.json`;
    // However slow the machine is: the run was written to a moment ago.
    const timer = setInterval(() => Deno.utimeSync(path, now(), now()), 200);
    resources.defer(() => clearInterval(timer));
    return () => sandbox.reports.length === REPORTS;
  },
}];

function now(): Date {
  return new Date();
}

for (const phase of PHASES) {
  for (
    const [signal, exitCode] of [["SIGINT", 130], ["SIGTERM", 143]] as const
  ) {
    Deno.test(`the compiled upload ends with ${exitCode} after ${signal} while ${phase.name}, and loses nothing`, async () => {
      await using resources = new AsyncDisposableStack();
      const stage = resources.use(
        await setLoggedInStage({ start: startBinary }),
      );
      const { sandbox, folder } = stage;
      const runs = folder.join("runs");
      await writeReports(runs, REPORTS);
      const held = resources.use(new AsyncDisposableStack());
      const isThere = await phase.hold(stage, held);

      const program = await stage.start([
        "upload",
        ...phase.flags ?? [],
        runs,
      ]) as BinaryRun;
      await until(() => isThere(program));
      program.kill(signal);
      const begin = performance.now();
      const { code, stderr } = await program.result;

      ok(performance.now() - begin < LONGEST_MILLISECONDS, stderr);
      equal(code, exitCode, stderr);
      match(stderr, phase.says ?? /^error: /m);
      await held.disposeAsync();
      sandbox.faults.length = 0;
      const again = await stage.run(["upload", "--json", runs]);
      equal(again.code, 0, again.stdout);
      const there = arrived(sandbox);
      equal(there, [...new Set(there)]);
      ok(there.length >= REPORTS);
    });
  }
}
