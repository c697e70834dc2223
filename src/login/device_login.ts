import type { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import {
  type AuthorizationServer,
  discoverAuthorizationServer,
} from "../standcloud/authorization_server.ts";
import type { DeviceAuthorization } from "../standcloud/device_authorization.ts";
import { codeExpired } from "../standcloud/device_poll.ts";
import type { Service } from "../standcloud/service.ts";
import type { TokenSet } from "../standcloud/token_set.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { keepLogin, type KeptLogin } from "./keep_login.ts";
import { loginTimedOut } from "./login_timed_out.ts";
import { PollPace } from "./poll_pace.ts";

export interface DeviceLoginOptions {
  readonly store: TokenStore;
  readonly timeoutSeconds: number;
  /** Shows the page and the user code to the person. */
  onPending(device: DeviceAuthorization, secondsLeft: number): void;
  /** A poll that failed; the next one may do better. */
  onTrouble(error: AppError): void;
}

/**
 * Logs in through a browser on any other device (RFC 8628): the person opens
 * the page there and presses Accept.
 *
 * @throws `flow_unavailable`, `login_refused`, `login_timed_out`
 */
export async function logInWithDevice(
  system: System,
  service: Service,
  options: DeviceLoginOptions,
): Promise<KeptLogin> {
  const { store } = options;
  // The person must not sign in for a login that cannot be saved.
  await store.requireRoom(service.address);
  const server = await discoverAuthorizationServer(service, system.interrupted);
  const device = await server.authorizeDevice();
  // Counted from before the person sees the code: never later than the server.
  const wait = new DeviceWait(system, service, { server, device, options });
  options.onPending(device, Math.min(device.expiresIn, options.timeoutSeconds));
  const tokens = await wait.forTokens();
  return await keepLogin(tokens, "device", { system, service, server, store });
}

/** So many answers in a row that are no clear word are the last one. */
const DOUBTS = 3;

interface Waiting {
  readonly server: AuthorizationServer;
  readonly device: DeviceAuthorization;
  readonly options: DeviceLoginOptions;
}

class DeviceWait {
  readonly #system: System;
  readonly #service: Service;
  readonly #waiting: Waiting;
  readonly #pace: PollPace;
  readonly #deadline: number;
  #doubts = 0;

  constructor(system: System, service: Service, waiting: Waiting) {
    const { device, options } = waiting;
    this.#system = system;
    this.#service = service;
    this.#waiting = waiting;
    this.#pace = new PollPace(device.interval);
    // Authelia calls an expired code pending: we count for ourselves, by a
    // clock that nobody sets.
    this.#deadline = system.clock.monotonic() +
      Math.min(device.expiresIn, options.timeoutSeconds) * 1000;
  }

  async forTokens(): Promise<TokenSet> {
    for (;;) {
      await this.#pause();
      const tokens = await this.#poll();
      if (tokens !== undefined) return tokens;
    }
  }

  async #pause(): Promise<void> {
    const { clock, interrupted } = this.#system;
    const left = this.#deadline - clock.monotonic();
    await clock.sleep(Math.min(this.#pace.milliseconds, left), interrupted);
    interrupted.throwIfAborted();
    if (clock.monotonic() >= this.#deadline) throw this.#late();
  }

  /** Undefined: ask again. */
  async #poll(): Promise<TokenSet | undefined> {
    const { server, device, options } = this.#waiting;
    const answer = await server.pollDevice(device);
    if (answer.kind === "issued") return answer.tokens;
    this.#doubts = answer.kind === "doubtful" ? this.#doubts + 1 : 0;
    if (answer.kind === "slow_down") this.#pace.slowDown();
    else if (answer.kind === "pending") this.#pace.answered();
    else {
      if (this.#doubts >= DOUBTS) throw answer.error;
      if (answer.kind === "doubtful") this.#pace.answered();
      else this.#pace.failed();
      options.onTrouble(answer.error);
    }
    return undefined;
  }

  #late(): AppError {
    const { device, options } = this.#waiting;
    return device.expiresIn <= options.timeoutSeconds
      ? codeExpired(this.#service.address)
      : loginTimedOut(options.timeoutSeconds);
  }
}
