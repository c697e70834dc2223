import assert from "node:assert/strict";
import { Secret } from "../../src/system/secret.ts";
import {
  IDLE_PART,
  renewalNeed,
  renewalPause,
  USE_PART,
} from "../../src/tokens/renewal_need.ts";
import { NOON } from "../system/fake_clock.ts";
import { oauthLogin } from "./logins.ts";

const after = (seconds: number) => new Date(NOON.getTime() + seconds * 1000);

/** A login made at noon that lives so many seconds. */
const living = (seconds: number) => oauthLogin({ expiresAt: after(seconds) });

const HOUR = 3600;

const CASES: [
  life: number,
  age: number,
  use: ReturnType<typeof renewalNeed>,
  idle: ReturnType<typeof renewalNeed>,
][] = [
  [HOUR, 0, "none", "none"],
  [HOUR, 360, "none", "none"],
  [HOUR, 361, "early", "none"],
  [HOUR, 1800, "early", "none"],
  [HOUR, 1801, "early", "early"],
  [HOUR, 3599, "early", "early"],
  [HOUR, 3600, "now", "now"],
  [HOUR, -1, "early", "early"],
  // Tokens that live for seconds: not for each request.
  [30, 5, "none", "none"],
  [30, 5.1, "early", "none"],
  [10, 5, "none", "none"],
  [10, 6, "early", "early"],
  [4, 2, "none", "none"],
  [4, 2.1, "early", "early"],
  [0, 0, "now", "now"],
];

for (const [life, age, use, idle] of CASES) {
  Deno.test(`renewalNeed() is ${use} for a command and ${idle} for an idle program, ${age} s after a login that lives ${life} s`, () => {
    const now = after(age);
    assert.deepEqual(
      [USE_PART, IDLE_PART].map((part) =>
        renewalNeed(living(life), { now, part })
      ),
      [use, idle],
    );
  });
}

Deno.test("renewalNeed() leaves a login alone that has no known end, or that nothing renews", () => {
  const now = after(1800);
  for (
    const changes of [{ expiresAt: undefined }, { refreshToken: undefined }]
  ) {
    const login = oauthLogin(changes);
    assert.equal(renewalNeed(login, { now, part: USE_PART }), "none");
  }
});

Deno.test("renewalNeed() is now for a token that the service has refused, and for no other", () => {
  const login = living(HOUR);
  const need = (token: string) =>
    renewalNeed(login, {
      now: NOON,
      part: USE_PART,
      rejected: new Secret(token),
    });
  assert.deepEqual([need("access-1"), need("access-0")], ["now", "none"]);
});

Deno.test("renewalPause() is a twentieth of the life, and a second at least", () => {
  assert.deepEqual(
    [HOUR, 60, 10].map((life) => renewalPause(living(life))),
    [180_000, 3000, 1000],
  );
});
