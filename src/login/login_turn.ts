import { join } from "node:path";
import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import { lockTemporarily } from "../system/temporary_lock.ts";
import type { Address } from "../standcloud/address.ts";

/** The right to ask a person to sign in; given back when disposed. */
export interface LoginTurn extends AsyncDisposable {
  /** Another process had it before: its login may be all that is needed. */
  readonly hasWaited: boolean;
}

/**
 * Waits until no other process asks a person to sign in to the address: of two
 * pages for one login a person would answer the wrong one.
 *
 * @throws `login_in_progress`
 */
export async function takeLoginTurn(
  system: System,
  address: Address,
  options: { timeoutSeconds: number; onWait(): void },
): Promise<LoginTurn> {
  const { timeoutSeconds, onWait } = options;
  let hasWaited = false;
  const lock = await lockTemporarily(
    join(system.paths().loginsFolder, `${address.fileName}.login.lock`),
    {
      clock: system.clock,
      signal: system.interrupted,
      waitMilliseconds: timeoutSeconds * 1000,
      onWait() {
        hasWaited = true;
        onWait();
      },
    },
  );
  if (lock === undefined) throw stillBusy(address, timeoutSeconds);
  return {
    hasWaited,
    [Symbol.asyncDispose]: () => lock[Symbol.asyncDispose](),
  };
}

function stillBusy({ text }: Address, seconds: number): AppError {
  return new AppError(
    "login_in_progress",
    `Another sc-login to ${text} has not ended within ${seconds} s`,
    {
      hints: [
        "finish or end that one, or wait longer with --timeout 10m",
      ],
    },
  );
}
