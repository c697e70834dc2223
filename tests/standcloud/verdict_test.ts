import assert from "node:assert/strict";
import { retryAfter } from "../../src/standcloud/retry_after.ts";
import { isCrowded, verdictOf } from "../../src/standcloud/verdict.ts";
import { AppError } from "../../src/system/app_error.ts";
import { HttpFailure } from "../../src/system/http_failure.ts";
import { NOON } from "../system/fake_clock.ts";

/** Every status that is no success, as the issue of this program lists them. */
const KINDS: Record<string, readonly number[]> = {
  "rejected, not stored": [
    400,
    402,
    404,
    405,
    406,
    409,
    410,
    413,
    415,
    418,
    422,
    451,
    499,
    501,
    505,
  ],
  "not_allowed, not stored": [403],
  "temporary, not stored": [408, 423, 425, 429, 503],
  "temporary, perhaps stored": [
    200,
    202,
    204,
    299,
    500,
    502,
    504,
    507,
    511,
    520,
    521,
    522,
    523,
    524,
    525,
    526,
    527,
    530,
    599,
    100,
    600,
    999,
  ],
};

for (const [kind, statuses] of Object.entries(KINDS)) {
  Deno.test(`verdictOf() of ${statuses.join(", ")} is: ${kind}`, () => {
    const verdict = {
      kind: kind.split(",")[0],
      mayBeStored: kind.endsWith("perhaps stored"),
    };
    for (const status of statuses) {
      assert.deepEqual(verdictOf(status), verdict, String(status));
    }
  });
}

Deno.test("retryAfter() takes seconds, up to an hour", () => {
  for (
    const [header, wait] of [
      ["0", 0],
      ["7", 7000],
      [" 7 ", 7000],
      ["3600", 3_600_000],
      ["3601", 3_600_000],
      ["99999999999999999999", 3_600_000],
    ] as const
  ) assert.equal(retryAfter(header, NOON), wait, header);
});

Deno.test("retryAfter() takes a date, and one that is over for now", () => {
  const ahead = (seconds: number) =>
    new Date(NOON.getTime() + seconds * 1000).toUTCString();
  assert.equal(retryAfter(ahead(90), NOON), 90_000);
  assert.equal(retryAfter(ahead(-90), NOON), 0);
  assert.equal(retryAfter(ahead(86_400), NOON), 3_600_000);
  // The two older forms that a recipient must accept (RFC 9110 section 5.6.7).
  assert.equal(retryAfter("Sun Mar  1 12:00:05 2026 GMT", NOON), 5000);
});

Deno.test("retryAfter() takes nonsense for nothing", () => {
  for (const header of [null, "", "soon", "-", "NaN", "1e", "99:99"]) {
    assert.equal(retryAfter(header, NOON), undefined, String(header));
  }
});

Deno.test("429, 503 and no answer in time say that too many requests are under way", () => {
  const answered = (httpStatus: number) => isCrowded({ httpStatus });
  const failed = (reason: "timeout" | "refused" | "unknown_host") => {
    const cause = new HttpFailure(reason, "no answer");
    const error = new AppError("unreachable", "no answer", { cause });
    return isCrowded({ httpStatus: null, error });
  };
  assert.ok([429, 503].every(answered));
  assert.ok(failed("timeout"));
  assert.ok(![201, 408, 422, 500, 502, 504].some(answered));
  assert.ok(!failed("refused") && !failed("unknown_host"));
});
