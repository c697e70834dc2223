import type { HttpAnswer, HttpRequest } from "../../src/system/http_client.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import type { Service } from "../../src/standcloud/service.ts";
import { metadata, tokenAnswer } from "../standcloud/fake_service.ts";
import type { FakeClock } from "../system/fake_clock.ts";
import { formOf, jsonAnswer } from "../system/fake_http_client.ts";
import { address } from "./logins.ts";

/** A sign-in service whose refresh tokens end, as Authelia's do. */
export interface TimedService extends Service {
  /** How often it has renewed the login. */
  renewals: number;
  /** All requests fail. */
  isAway: boolean;
  /** Requests of any kind, answered or not. */
  requests: number;
}

/** Authelia's own lifetimes. */
const ACCESS_SECONDS = 3600;
const REFRESH_SECONDS = 5400;

/** Its first refresh token, `refresh-1`, was given at the time that it is now. */
export function timedService(clock: FakeClock): TimedService {
  let endsAt = clock.now().getTime() + REFRESH_SECONDS * 1000;
  const renew = (request: HttpRequest): HttpAnswer => {
    const isGood = formOf(request).get("refresh_token") ===
        `refresh-${service.renewals + 1}` && clock.now().getTime() < endsAt;
    if (!isGood) return jsonAnswer(400, { error: "invalid_grant" });
    endsAt = clock.now().getTime() + REFRESH_SECONDS * 1000;
    service.renewals++;
    return tokenAnswer({
      "access_token": `access-${service.renewals + 1}`,
      "refresh_token": `refresh-${service.renewals + 1}`,
      "expires_in": ACCESS_SECONDS,
    });
  };
  const service: TimedService = {
    address,
    renewals: 0,
    isAway: false,
    requests: 0,
    http: {
      async send(_url, request) {
        await Promise.resolve();
        service.requests++;
        if (service.isAway) throw new HttpFailure("refused", "Nobody is there");
        const isToken = request.method === "POST";
        return isToken ? renew(request) : jsonAnswer(200, metadata);
      },
      open: () => Promise.reject(new Error("A login reads no stream")),
      [Symbol.dispose]: () => {},
    },
  };
  return service;
}
