import { deepStrictEqual as equal, ok } from "node:assert/strict";
import type { Answer } from "../support/fake_service.ts";
import { type FakeStage, setFakeStage } from "../support/fake_stage.ts";
import { onTerminal } from "../support/on_terminal.ts";
import { runFile } from "../support/runs.ts";

const RUN = runFile("minimum.jsonloader");

/** Moves the cursor, makes a link, turns the text round, hides some, starts a line. */
const HOSTILE =
  "\x1b[2J\x1b]8;;http://evil\x07click\x1b]8;;\x07\u202egnp\u200b\r\nerror: faked\x9b31m\u2028";

// deno-lint-ignore no-control-regex -- control characters are what this is about
const STEERS = /[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e]/;

/** All that a command prints on a terminal. */
async function printed(stage: FakeStage, args: string[]): Promise<string> {
  // Colours of the program itself are no attack.
  const env = { NO_COLOR: "1" };
  const run: FakeStage["run"] = (typed, options) =>
    stage.run(typed, { ...options, env });
  const { text } = await onTerminal({ run }, args);
  ok(text !== "");
  return text;
}

const bodies: Record<string, () => string> = {
  "a text": () => HOSTILE,
  "FastAPI's detail": () => JSON.stringify({ detail: HOSTILE }),
  "FastAPI's list": () =>
    JSON.stringify({
      detail: [{ loc: ["body", HOSTILE], msg: HOSTILE, type: HOSTILE }],
    }),
  "50 MB of text": () => HOSTILE.repeat(50_000_000 / HOSTILE.length),
  "50 MB of JSON": () =>
    JSON.stringify({ detail: HOSTILE.repeat(50_000_000 / 2 / HOSTILE.length) }),
  "100,000 details": () =>
    JSON.stringify({
      detail: Array.from(
        { length: 100_000 },
        () => ({ loc: ["x"], msg: HOSTILE }),
      ),
    }),
};

for (const [what, body] of Object.entries(bodies)) {
  Deno.test(`duty 44: a refusal with ${what} steers no terminal and stays short`, async () => {
    await using stage = await setFakeStage();
    stage.service.answers.test_report = () =>
      new Response(body(), {
        status: 422,
        headers: { "content-type": "application/json" },
      });
    for (const args of [["upload", RUN], ["upload", "--verbose", RUN]]) {
      const text = await printed(stage, args);
      equal(STEERS.exec(text), null);
      equal(/^error: faked/m.exec(text), null);
      ok(text.length < 256 * 1024, `${text.length}`);
    }
  });
}

Deno.test("duty 44: hostile rows of the reader API steer no terminal", async () => {
  await using stage = await setFakeStage();
  const row = {
    "test_run_id": HOSTILE,
    "serial_number": HOSTILE,
    "part_number": HOSTILE.repeat(1000),
    status: HOSTILE,
    [HOSTILE]: { [HOSTILE]: HOSTILE },
  };
  const answers: Record<string, Answer> = stage.service.answers;
  answers["test_run"] = () => Response.json([row]);
  answers["1"] = () => Response.json(row);
  for (const args of [["runs", "list"], ["runs", "get", "1"]]) {
    const text = await printed(stage, args);
    equal(STEERS.exec(text), null);
    ok(text.length < 16 * 1024);
  }
  const { stdout } = await stage.run(["runs", "list", "--json"]);
  equal(STEERS.exec(stdout), null);
});

Deno.test("duty 44: the sign-in service's error steers no terminal", async () => {
  await using stage = await setFakeStage({
    "expires_at": new Date(0).toISOString(),
  });
  stage.service.answers.token = () =>
    Response.json({ error: HOSTILE, "error_description": HOSTILE }, {
      status: 400,
    });
  for (const args of [["sc-login", "--check"], ["doctor"]]) {
    equal(STEERS.exec(await printed(stage, args)), null);
  }
});
