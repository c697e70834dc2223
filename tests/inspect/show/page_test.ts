import assert from "node:assert/strict";
import { fromRoot } from "../../../scripts/compile/paths.ts";
import { chartHeavyRun } from "./charts.ts";
import { pageOf, runWith } from "./shown.ts";

const FAILED = await Deno.readTextFile(
  fromRoot(
    "tests/testdata/runs/hardpy-0.22.1/sensor_board_failed.jsonloader.json",
  ),
);

Deno.test("runPage() forbids scripts, network and foreign styles", async () => {
  const page = await pageOf(FAILED);
  assert.match(
    page,
    /http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-[\w+/=]{44}&#39;; base-uri/,
  );
  assert.doesNotMatch(page, /<script|<img|<link|\sstyle=|https?:|url\(/i);
});

Deno.test("runPage() opens failed cases and those with values outside, and no other", async () => {
  const page = await pageOf(FAILED);
  const open = [
    ...page.matchAll(
      /<details class="case[^>]*\bopen\b[^]*?<bdi>(.*?)<\/bdi>/g,
    ),
  ];
  assert.deepEqual(open.map(([, name]) => name), [
    "Standby current",
    "Humidity reading",
  ]);
});

Deno.test("runPage() links the cause of failure to its case", async () => {
  const page = await pageOf(FAILED);
  const target = /<section class="cause[^]*?href="#(\w+)"/.exec(page)?.[1];
  assert.match(page, new RegExp(`<details class="case bad" id="${target}"`));
});

Deno.test("runPage() draws a peak among many points, and says what it cannot draw", async () => {
  const page = await pageOf(chartHeavyRun(200_000));
  const spike = page.slice(page.indexOf("Transient with one spike"));
  const path = /class="line s0" d="([^"]*)"/.exec(spike)?.[1] ?? "";
  const points = path.split(/[ML]/).slice(1)
    .map((point) => point.split(" ").map(Number));
  const top = points.filter(([, y = 0]) => y < 500);
  assert.equal(top.length, 1);
  assert.ok(Math.abs((top[0]?.[0] ?? 0) - 0.7 * 2000) < 20);
  assert.ok(path.length < 60_000, `${path.length} characters`);
  for (
    const note of [
      "long x has 4 x values and 3 y values: only the first 3 are drawn.",
      "There is nothing to draw.",
      "2 points are not above zero and have no place on a logarithmic axis.",
      "2 points are not numbers.",
    ]
  ) assert.ok(page.includes(note), note);
  assert.doesNotMatch(page.slice(page.indexOf("<body")), /NaN|Infinity/);
});

Deno.test("runPage() stays small, whatever the run holds", async () => {
  const measurements = Array.from({ length: 20_000 }, (_, index) => ({
    name: `M${index}`,
    value: index,
    result: false,
  }));
  const artifact = { log: "boot\n".repeat(200_000), list: measurements };
  const page = await pageOf(runWith({ measurements, artifact }));
  assert.ok(page.length < 2_000_000, `${page.length} characters`);
  assert.match(page, /19000 more measurements not shown here/);
});
