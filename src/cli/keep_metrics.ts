import { writeMetrics } from "../inspect/health/metrics.ts";
import { AppError } from "../system/app_error.ts";
import { version } from "../system/build.ts";
import type { CommandInput } from "./command_input.ts";
import type { CommonFlags } from "./flags.ts";
import { standHealth, type StandLogin, standLogin } from "./stand_health.ts";

const INTERVAL_MILLISECONDS = 15_000;

/** To open a login that is sealed with a passphrase takes a second of work. */
const LOGIN_MILLISECONDS = 60_000;

/** Keeps a file of metrics fresh until it is disposed. A file that cannot be written ends nothing. */
export function keepMetrics(
  input: CommandInput<CommonFlags>,
  file: string,
): AsyncDisposable {
  const stop = new AbortController();
  const metrics = new Metrics(input, file);
  const done = metrics.refresh(stop.signal);
  return {
    async [Symbol.asyncDispose]() {
      stop.abort();
      await done;
      await metrics.write();
    },
  };
}

class Metrics {
  readonly #input: CommandInput<CommonFlags>;
  readonly #file: string;
  #login: StandLogin | undefined;
  #loginAt = -Infinity;
  /** Said once, until the file can be written again. */
  #problem: string | undefined;

  constructor(input: CommandInput<CommonFlags>, file: string) {
    this.#input = input;
    this.#file = file;
  }

  async refresh(signal: AbortSignal): Promise<void> {
    const { clock } = this.#input.system;
    while (!signal.aborted) {
      await this.write();
      await clock.sleep(INTERVAL_MILLISECONDS, signal);
    }
  }

  async write(): Promise<void> {
    const { system, output } = this.#input;
    try {
      const login = await this.#loginNow();
      const health = await standHealth(this.#input, { login });
      await writeMetrics(system, this.#file, { health, version });
      this.#problem = undefined;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (this.#problem !== error.message) output.warn(error.message);
      this.#problem = error.message;
    }
  }

  async #loginNow(): Promise<StandLogin> {
    const now = this.#input.system.clock.monotonic();
    if (this.#login && now - this.#loginAt < LOGIN_MILLISECONDS) {
      return this.#login;
    }
    this.#login = await standLogin(this.#input);
    this.#loginAt = now;
    return this.#login;
  }
}
