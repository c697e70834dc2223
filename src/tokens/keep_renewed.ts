import { AppError } from "../system/app_error.ts";
import type { Clock } from "../system/clock.ts";
import type { StandBearer } from "./bearer.ts";

/**
 * How often the program looks at the login. It does not sleep until the renewal
 * is due, because a timer stands still while the computer sleeps.
 */
const LOOK_MILLISECONDS = 30_000;

export interface KeepRenewedOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told once, when only a new login helps. */
  onEnd(error: AppError): void;
}

/**
 * Renews the login of a program that waits for something to send, until the
 * signal is aborted or the result is disposed of. A network that is away is
 * waited for. Disposing waits for a renewal that is under way.
 */
export function keepRenewed(
  bearer: Pick<StandBearer, "renewIdle">,
  { clock, signal, onEnd }: KeepRenewedOptions,
): AsyncDisposable {
  const disposed = new AbortController();
  const stop = AbortSignal.any([signal, disposed.signal]);
  const work = renewUntil(stop, { bearer, clock }).catch((error) => {
    if (!(error instanceof AppError)) throw error;
    if (!stop.aborted) onEnd(error);
  });
  return {
    async [Symbol.asyncDispose]() {
      disposed.abort();
      await work;
    },
  };
}

/** @throws when only a new login helps. */
async function renewUntil(
  stop: AbortSignal,
  { bearer, clock }: {
    bearer: Pick<StandBearer, "renewIdle">;
    clock: Clock;
  },
): Promise<void> {
  while (!stop.aborted) {
    let pause: number | undefined = LOOK_MILLISECONDS;
    try {
      pause = await bearer.renewIdle();
    } catch (error) {
      const mayPass = error instanceof AppError && error.kind !== "login";
      if (!mayPass) throw error;
    }
    if (pause === undefined) return;
    await clock.sleep(Math.min(pause, LOOK_MILLISECONDS), stop);
  }
}
