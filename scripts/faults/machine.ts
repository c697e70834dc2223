import { Stand } from "./stand.ts";
import { describeFault, type Fault } from "./fault.ts";
import { planFaults, type Recorded } from "./plan.ts";
import { blame, type Broken } from "./promise.ts";
import type { Scenario } from "./scenario.ts";
import { SCENARIOS } from "./scenarios.ts";
import type { Ended } from "./program.ts";
import type { Trace } from "./trace.ts";

export interface MachineOptions {
  readonly binary: string;
  /** So many faults that have hit. */
  readonly faults: number;
  readonly seed: number;
  /** Stands at work at the same time. */
  readonly stands: number;
  /** Default: all. */
  readonly scenarios?: readonly string[];
  readonly onResult?: (result: FaultResult) => void;
}

/** A fault that has hit the program, and how the command ended. */
export interface FaultResult {
  readonly fault: Fault;
  readonly name: string;
  readonly ended: Ended;
  readonly outcome: string;
  readonly broken: readonly Broken[];
}

export interface MachineReport {
  readonly results: readonly FaultResult[];
  /** Faults that met nothing, or something that is no part of the stand. */
  readonly missed: number;
}

/** Breaks the machine under the program, one fault at a time. */
export async function breakThings(
  options: MachineOptions,
): Promise<MachineReport> {
  const { binary, faults, seed } = options;
  const scenarios = SCENARIOS.filter(({ name }) =>
    options.scenarios?.includes(name) ?? true
  );
  await using resources = new AsyncDisposableStack();
  const benches = Array.from(
    { length: options.stands },
    () => resources.use(new Bench(binary, scenarios)),
  );
  const plan = planFaults(await benches[0]?.record() ?? [], seed);
  const results: FaultResult[] = [];
  let missed = 0;
  const work = async (bench: Bench) => {
    for (;;) {
      const fault = results.length < faults ? plan.shift() : undefined;
      if (fault === undefined) return;
      const result = await bench.apply(fault);
      if (result === undefined) missed++;
      else {
        results.push(result);
        options.onResult?.(result);
      }
    }
  };
  await Promise.all(benches.map(work));
  return { results, missed };
}

/** Stands of one worker, one for each scenario that it has met. */
class Bench implements AsyncDisposable {
  readonly #binary: string;
  readonly #scenarios: readonly Scenario[];
  readonly #stands = new Map<string, Stand>();

  constructor(binary: string, scenarios: readonly Scenario[]) {
    this.#binary = binary;
    this.#scenarios = scenarios;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const stand of this.#stands.values()) {
      await stand[Symbol.asyncDispose]();
    }
  }

  /** What each scenario does without a fault. */
  async record(): Promise<Recorded[]> {
    const recorded: Recorded[] = [];
    for (const scenario of this.#scenarios) {
      const stand = await this.#begin(scenario);
      const { ended, calls } = await stand.record(scenario.args(stand));
      if (ended.code !== 0) {
        throw new Error(
          `${scenario.name} fails without a fault: ${ended.stderr}`,
        );
      }
      recorded.push({ scenario: scenario.name, calls });
    }
    return recorded;
  }

  /** Undefined when the fault has hit nothing of the stand. */
  async apply(fault: Fault): Promise<FaultResult | undefined> {
    const scenario = this.#scenarios.find(({ name }) =>
      name === fault.scenario
    );
    if (scenario === undefined) throw new Error(`No ${fault.scenario}`);
    const stand = await this.#begin(scenario);
    const { ended, ...trace } = await stand.runWith(
      fault,
      scenario.args(stand),
    );
    if (!hasHit(fault, trace)) return undefined;
    const checked = await scenario.check(stand, ended, fault);
    const broken = [...blame(ended), ...checked];
    const name = describeFault(fault);
    return { fault, name, ended, outcome: outcomeOf(ended), broken };
  }

  async #begin(scenario: Scenario): Promise<Stand> {
    const stand = await this.#standFor(scenario);
    await stand.putBack();
    await scenario.begin?.(stand);
    return stand;
  }

  async #standFor(scenario: Scenario): Promise<Stand> {
    const known = this.#stands.get(scenario.name);
    if (known !== undefined) return known;
    const stand = await Stand.build(this.#binary);
    this.#stands.set(scenario.name, stand);
    await scenario.prepare(stand);
    await stand.keep();
    return stand;
  }
}

/** Only what meets the stand's files or its connections is a fault of disk or network. */
function hasHit(fault: Fault, { calls, isKilled }: Trace): boolean {
  if (fault.action === "KILL") {
    const hit = calls.filter(({ number }) => number === fault.when);
    return isKilled && hit.every(({ path }) => path !== undefined);
  }
  const hit = calls.filter(({ isInjected }) => isInjected);
  return hit.length > 0 && hit.every(({ path }) => path !== undefined);
}

function outcomeOf({ code, hangs }: Ended): string {
  return hangs ? "hangs" : code === 137 ? "killed" : `exit ${code}`;
}
