import assert from "node:assert/strict";
import fc from "fast-check";
import { statisticsPage } from "../../../src/stats/html/statistics_page.ts";
import { statisticsOf } from "./hostile_statistics.ts";
import { between, measurementOf, normal } from "./made_measurements.ts";
import {
  runLine,
  statisticsWith,
  statsWith,
  yieldWith,
} from "./made_statistics.ts";

const ATTACKS = [
  `<script>alert(1)</script>`,
  `"><img src=x onerror=alert(1)>`,
  `' onmouseover='alert(1)`,
  `</style></title></svg><svg onload=alert(1)>`,
  `&lt;script&gt;`,
  `javascript:alert(1)`,
  `\x1b]0;owned\x07\x1b[2J\x9b31m`,
  `a\r\nb\u2028c\u202ed\u2066e\u200bf\ufeff`,
  `\ud800`,
  "${alert(1)}`{{x}}",
  `__proto__`,
];
const STEERING =
  // deno-lint-ignore no-control-regex -- what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200b\ufeff]/;

/** Tags with the names and places of their attributes, but not what the attributes say. */
function structure(page: string): string[] {
  return (page.match(/<[^>]*>/g) ?? [])
    .map((tag) => tag.replace(/="[^"]*"/g, '=""'));
}

for (const attack of ATTACKS) {
  Deno.test(`statisticsPage() lets no ${JSON.stringify(attack)} out of its place`, async () => {
    const page = await statisticsPage(statisticsOf(attack));
    const harmless = await statisticsPage(statisticsOf("harmless"));
    assert.deepEqual(structure(page), structure(harmless));
    assert.doesNotMatch(page.slice(page.indexOf("</style>")), STEERING);
  });
}

Deno.test("statisticsPage() has the structure of a harmless page whatever the texts say", async () => {
  const expected = structure(await statisticsPage(statisticsOf("harmless")));
  await fc.assert(
    fc.asyncProperty(
      fc.string({ unit: "binary", minLength: 1, maxLength: 30 }),
      async (text) => {
        const page = await statisticsPage(statisticsOf(text));
        assert.deepEqual(structure(page), expected);
      },
    ),
    { numRuns: 60, seed: 18 },
  );
});

Deno.test("statisticsPage() forbids scripts, network and foreign styles", async () => {
  const page = await statisticsPage(statisticsOf("x"));
  assert.match(
    page,
    /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]{44}&#39;; base-uri/,
  );
  assert.doesNotMatch(page, /<script|<img|<link|\sstyle=|https?:|url\(/i);
});

Deno.test("statisticsPage() stays small when each text is a megabyte", async () => {
  const page = await statisticsPage(statisticsOf("<".repeat(1_000_000)));
  assert.ok(page.length < 300_000, `${page.length}`);
});

/** Titles of the sections, in order. */
function titles(page: string): string[] {
  return [...page.matchAll(/<h2[^>]*>(.*?)<\/h2>/g)].map(([, text]) =>
    text ?? ""
  );
}

Deno.test("statisticsPage() has its sections in the order of the contract", async () => {
  const page = await statisticsPage(statisticsOf("x"));
  assert.deepEqual(titles(page), [
    "Yield",
    "Yield of each day",
    "Failures",
    "Measurements, weakest first",
    "Stands side by side",
    "Run charts",
    "Units worth a look",
    "The last 1 runs",
    "What was left out",
    "Definitions",
  ]);
});

Deno.test("statisticsPage() links each section, and links nothing that is not there", async () => {
  const page = await statisticsPage(statisticsOf("x"));
  const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id));
  const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id);
  assert.ok(targets.length >= titles(page).length);
  assert.deepEqual(targets.filter((id) => !ids.has(id)), []);
});

Deno.test("statisticsPage() says which filter left out the runs when there is none", async () => {
  const stats = statsWith({ documents: 12 });
  const page = await statisticsPage(statisticsWith({
    stats: { ...stats, "left_out": { ...stats.left_out, filtered: 12 } },
    filters: ["--stand nowhere"],
    filteredBy: [{ filter: "--stand nowhere", runs: 12 }],
  }));
  assert.deepEqual(titles(page), [
    "No runs",
    "What was left out",
    "Definitions",
  ]);
  assert.match(page, /--stand nowhere<\/bdi><\/code> leaves out 12 runs/);
});

Deno.test("statisticsPage() of one run has no index, no chart and no number that is none", async () => {
  const one = yieldWith(1, 1);
  const page = await statisticsPage(statisticsWith({
    stats: statsWith({ documents: 1, runs: 1, passed: 1, units: 1 }),
    yields: [one],
    measurements: [
      measurementOf({ values: Float64Array.of(5), limits: between(4, 6) }),
    ],
    yieldsBy: (
      by,
    ) => [{ ...one, by, group: by === "day" ? "2026-03-02" : "a" }],
    lastRuns: () => [runLine("passed")],
  }));
  assert.match(page, /1 without an index: 1 fewer than 25 values/);
  assert.doesNotMatch(page, /id="charts"|NaN|Infinity|undefined|null/);
});

Deno.test("statisticsPage() of 100,000 runs stays below 5 MB, keeps what is outside, and says what it leaves out", async () => {
  const count = 100_000;
  const names = Array.from({ length: 9 }, (_, index) => `eol-${index}`);
  const measurements = Array.from({ length: 150 }, (_, index) =>
    measurementOf({
      // A third of the values of the long ones is outside.
      values: normal(index < 30 ? count : 400, {
        mean: 5,
        stdev: 0.1,
        seed: index + 1,
      }),
      limits: index < 30 ? between(4.9, 5.1) : between(4.5, 5.5),
      standNames: names,
      standOf: (run) => run % names.length,
      event: { name: `Rail ${index}` },
    }));
  const day = (index: number) =>
    new Date(Date.UTC(2024, 0, index + 1)).toISOString().slice(0, 10);
  const days = Array.from(
    { length: 700 },
    (_, index) =>
      yieldWith(140, 120 + index % 20, { by: "day", group: day(index) }),
  );
  const page = await statisticsPage(statisticsWith({
    stats: statsWith({ documents: count, runs: count, units: count }),
    yields: [yieldWith(count, 90_000)],
    measurements,
    yieldsBy: (by) => by === "day" ? days : [],
    lastRuns: (limit) => Array.from({ length: limit }, () => runLine("passed")),
  }));
  assert.ok(page.length > 300_000 && page.length < 5_000_000, `${page.length}`);
  assert.match(page, /[\d]+ points in \d+ charts:/);
  assert.match(page, /50 more measurements, all with a Ppk of/);
});
