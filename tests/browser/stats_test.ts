import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { type LineFile, lineFiles } from "../../scripts/pictures/line.ts";
import { startProgram } from "../support/run_program.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { statisticsPage } from "../../src/stats/html/statistics_page.ts";
import { statisticsOf } from "../stats/html/hostile_statistics.ts";
import {
  barriers,
  OUTPUT,
  overflow,
  PAPER_WIDTH,
  withPage,
} from "./open_in_chromium.ts";

const LINE = lineFiles({ days: 5, unitsPerDay: 16, seed: 4 });

/** What `stats --html -` writes about these documents. */
async function pageOf(
  files: readonly LineFile[],
  flags: readonly string[] = [],
): Promise<string> {
  await using folder = await TemporaryFolder.make();
  await Deno.mkdir(`${folder.path}/runs`);
  for (const { name, text } of files) await folder.write(`runs/${name}`, text);
  const args = ["stats", `${folder.path}/runs`, "--html", "-", ...flags];
  const program = startProgram(args, { home: folder.path });
  const { code, stdout, stderr } = await program.result;
  assert.equal(code, 0, stderr);
  return stdout;
}

const LONG = `${"x".repeat(300)}<b>&"'${" long".repeat(60)}`;

const PAGES: Record<string, () => Promise<string>> = {
  line: () => pageOf(LINE),
  "one run": () => pageOf(LINE.slice(0, 1)),
  empty: () => pageOf(LINE, ["--stand", "nowhere"]),
  "long names": () => statisticsPage(statisticsOf(LONG)),
};

const WIDTHS = [1280, 961, 960, 390, 360];
const SHOWN = [1280, 390];
const SCHEMES = ["light", "dark"] as const;

async function shot(page: Page, name: string): Promise<void> {
  const path = `${OUTPUT}/stats-${name.replace(" ", "-")}.png`;
  await page.screenshot({ path, fullPage: true });
}

for (const [name, load] of Object.entries(PAGES)) {
  Deno.test(`the statistics of ${name} fit wide and narrow screens, light and dark`, async () =>
    await withPage(await load(), async (page) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 900 });
        assert.equal(await overflow(page), 0, `${width}`);
        if (!SHOWN.includes(width)) continue;
        for (const colorScheme of SCHEMES) {
          await page.emulateMedia({ colorScheme });
          await shot(page, `${name}-${width}-${colorScheme}`);
        }
      }
    }));

  Deno.test(`the statistics of ${name} keep nobody from reading them, light and dark`, async () =>
    await withPage(await load(), async (page) => {
      for (const colorScheme of SCHEMES) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await barriers(page), [], colorScheme);
      }
      await page.setViewportSize({ width: 360, height: 900 });
      assert.deepEqual(await barriers(page), [], "narrow");
    }));

  Deno.test(`the statistics of ${name} are light on paper, and no row of them is cut`, async () =>
    await withPage(await load(), async (page) => {
      await page.setViewportSize({ width: PAPER_WIDTH, height: 1000 });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      assert.equal(await overflow(page), 0);
      const colour = await page.evaluate<string>(
        "getComputedStyle(document.body).backgroundColor",
      );
      assert.equal(colour, "rgb(255, 255, 255)");
      assert.deepEqual(await page.evaluate(CUT), []);
      await shot(page, `${name}-paper`);
      const pdf = await page.pdf({ preferCSSPageSize: true });
      await Deno.writeFile(
        `${OUTPUT}/stats-${name.replace(" ", "-")}.pdf`,
        pdf,
      );
    }));
}

/** Rows, drawings and entries that a page break may cut. */
const CUT =
  `[...document.querySelectorAll("tr, figure, li, .tile, .definitions > div")]
  .filter((one) => one.getClientRects().length > 0)
  .filter((one) => getComputedStyle(one).breakInside !== "avoid" &&
    !one.closest("figure") && !one.closest("thead"))
  .map((one) => one.outerHTML.slice(0, 80))`;

Deno.test("each drawing of the statistics has a text, or stands beside one", async () =>
  await withPage(await pageOf(LINE), async (page) => {
    const silent = await page.evaluate<string[]>(
      `[...document.querySelectorAll("svg")]
        .filter((one) => one.parentElement.closest("svg") === null)
        .filter((one) => one.getAttribute("aria-hidden") !== "true" &&
          !one.querySelector("title")?.textContent)
        .map((one) => one.outerHTML.slice(0, 80))`,
    );
    assert.deepEqual(silent, []);
    const drawings = page.getByRole("img");
    assert.ok(await drawings.count() > 15);
  }));

Deno.test("the statistics can be read with the keyboard alone", async () =>
  await withPage(await pageOf(LINE), async (page) => {
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.match(page.url(), /#failures$/);
    const days = page.locator("summary").first();
    await days.focus();
    await page.keyboard.press("Enter");
    assert.ok(await page.locator("details[open] table").first().isVisible());
    const chart = page.locator(".capability a").first();
    await chart.focus();
    await page.keyboard.press("Enter");
    assert.match(page.url(), /#chart-\d+$/);
  }));

Deno.test("a click on a command of the statistics selects all of it", async () =>
  await withPage(await pageOf(LINE), async (page) => {
    const command = page.locator(".command code").first();
    await command.click();
    const selected = await page.evaluate<string>("String(getSelection())");
    assert.match(selected, /^standcloud show .+\.json$/);
  }));
