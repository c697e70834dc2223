import assert from "node:assert/strict";
import fc from "fast-check";
import { fromRoot } from "../../../scripts/compile/paths.ts";
import { coloured } from "../../../src/inspect/show/text/paint.ts";
import { pageOf, textOf, uncoloured } from "./shown.ts";

const SAMPLE = await Deno.readTextFile(
  fromRoot(
    "tests/testdata/runs/hardpy-0.22.1/sensor_board_failed.jsonloader.json",
  ),
);
const ATTACKS = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</style></title></pre><svg onload=alert(1)>`,
  `&lt;script&gt;`,
  `javascript:alert(1)`,
  `\x1b]0;owned\x07\x1b[2J\x9b31m`,
  `a\r\nb\u2028c\u202ed\u2066e\u200bf\ufeff`,
  `\ud800`,
  "${alert(1)}`{{x}}",
];
/** A tag or attribute that no template of ours has. */
const STRANGE = /<(?:script|img|iframe|object|link)|\son\w+=|<svg onload/i;
const STEERING =
  // deno-lint-ignore no-control-regex -- what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200b\ufeff]/;

/** The same document with an attack in each text and each free key. */
function poisoned(value: unknown, attack: string): unknown {
  if (typeof value === "string" || value === null) return attack;
  if (Array.isArray(value)) return value.map((one) => poisoned(one, attack));
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value as object).map(([key, one]) => [
      /^(?:test_[0-9]|[0-9a-f]{8}-|progress)/.test(key) ? key + attack : key,
      poisoned(one, attack),
    ]),
  );
}

for (const attack of ATTACKS) {
  const json = JSON.stringify(poisoned(JSON.parse(SAMPLE), attack));

  Deno.test(`runPage() lets no ${JSON.stringify(attack)} out of its place`, async () => {
    for (const all of [false, true]) {
      const page = await pageOf(json, all);
      const body = page.slice(page.indexOf("</style>"));
      assert.doesNotMatch(withoutTexts(body), STRANGE);
      assert.doesNotMatch(body, STEERING);
      // As many tags open as with harmless texts in their place.
      const harmless = await pageOf(
        json.replaceAll(
          JSON.stringify(attack).slice(1, -1),
          attack.includes("\n") ? "two\\nlines" : "harmless",
        ),
        all,
      );
      assert.deepEqual(tagsOf(page), tagsOf(harmless));
    }
  });

  Deno.test(`runText() prints nothing of ${JSON.stringify(attack)} that steers a terminal`, () => {
    for (const all of [false, true]) {
      const text = textOf(json, { all }).join("\n");
      assert.doesNotMatch(text, STEERING);
      const painted = textOf(json, { all, paint: coloured }).join("\n");
      assert.doesNotMatch(uncoloured(painted), STEERING);
    }
  });
}

/** What is between the tags is text, whatever it says. */
function withoutTexts(page: string): string {
  return (page.match(/<[^>]*>/g) ?? []).join("");
}

function tagsOf(page: string): string[] {
  return [...page.matchAll(/<\/?([a-z]\w*)/g)].map(([tag]) => tag)
    .filter((tag) => !/^<\/?svg|^<\/?(?:rect|path|title)/.test(tag));
}

Deno.test("runText() and runPage() show any JSON without an error", async () => {
  const keys = [
    "modules",
    "cases",
    "measurements",
    "chart",
    "x_data",
    "y_data",
    "name",
    "status",
    "value",
    "operation",
    "lower_limit",
    "upper_limit",
    "artifact",
    "msg",
    "start_time",
    "__proto__",
    "test_stand",
    "dut",
    "info",
    "timezone",
    "caused_dut_failure_id",
  ];
  const { value } = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 7 },
      fc.constantFrom<unknown>(null, true, "gele", "failed", "", -0, 1e308),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.string(),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.dictionary(
        fc.oneof(fc.constantFrom(...keys), fc.string()),
        tie("value"),
        { maxKeys: 6 },
      ),
    ),
  }));
  await fc.assert(
    fc.asyncProperty(value, async (anything) => {
      const json = JSON.stringify({ modules: { m: { cases: anything } } });
      for (const text of [JSON.stringify(anything), json]) {
        const lines = textOf(text, { all: true });
        assert.doesNotMatch(lines.join("\n"), STEERING);
        await pageOf(text);
      }
    }),
    { numRuns: 200, seed: 7 },
  );
});
