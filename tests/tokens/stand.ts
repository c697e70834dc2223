import {
  type BearerOptions,
  type BearerSource,
  bearerSource,
} from "../../src/tokens/bearer.ts";
import type { Login } from "../../src/tokens/login.ts";
import { type FakeService, fakeService } from "../standcloud/fake_service.ts";
import { type FakeClock, fakeClock, NOON } from "../system/fake_clock.ts";
import { type FakeTokenStore, fakeTokenStore } from "./fake_token_store.ts";
import { oauthLogin } from "./logins.ts";

export interface Stand extends Disposable {
  readonly service: FakeService;
  readonly store: FakeTokenStore;
  readonly clock: FakeClock;
  readonly bearer: BearerSource;
}

/** A stand with this login at noon. */
export function stand(
  login?: Login,
  options: Partial<BearerOptions> = {},
): Stand {
  const service = fakeService();
  const store = fakeTokenStore(login);
  const clock = fakeClock();
  return {
    service,
    store,
    clock,
    bearer: bearerSource(service, { store, clock, ...options }),
    [Symbol.dispose]: service[Symbol.dispose],
  };
}

/** A browser login whose access token lives for an hour, and has so many seconds left at noon. */
export function secondsLeft(seconds: number): Login {
  const expiresAt = new Date(NOON.getTime() + seconds * 1000);
  const obtainedAt = new Date(expiresAt.getTime() - 3600_000);
  return oauthLogin({ obtainedAt, expiresAt });
}
