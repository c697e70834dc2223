import assert from "node:assert/strict";
import { chromium as engine, type Page } from "playwright-core";
import { chromium } from "../../scripts/test/requirements.ts";
import { chartHeavyRun } from "../inspect/show/charts.ts";
import { pageOf } from "../inspect/show/shown.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import {
  barriers,
  OUTPUT,
  overflow,
  PAPER_WIDTH,
  withPage,
} from "./open_in_chromium.ts";

const RUNS: Record<string, () => Promise<string>> = {
  passed: () => Deno.readTextFile(runFile("sensor_board_passed.jsonloader")),
  failed: () => Deno.readTextFile(runFile("sensor_board_failed.jsonloader")),
  charts: () => Promise.resolve(chartHeavyRun()),
};

const SCREENS = { wide: 1280, narrow: 360 } as const;

/** Opens every case, as a reader would by pressing it. */
async function openAll(page: Page): Promise<void> {
  const closed = page.locator("details.case:not([open])");
  while (await closed.count() > 0) {
    await closed.first().locator("summary").first().click();
  }
}

for (const [name, load] of Object.entries(RUNS)) {
  Deno.test(`the page of a ${name} run fits wide and narrow screens, light and dark`, async () =>
    await withPage(await pageOf(await load()), async (page) => {
      if (name === "charts") await openAll(page);
      for (const [screen, width] of Object.entries(SCREENS)) {
        await page.setViewportSize({ width, height: 900 });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assert.equal(await overflow(page), 0, `${screen} ${colorScheme}`);
          await page.screenshot({
            path: `${OUTPUT}/show-${name}-${screen}-${colorScheme}.png`,
            fullPage: true,
          });
        }
      }
    }));

  Deno.test(`the page of a ${name} run is light on paper and holds every case`, async () =>
    await withPage(await pageOf(await load()), async (page) => {
      await page.setViewportSize({ width: PAPER_WIDTH, height: 1000 });
      await page.emulateMedia({ media: "print", colorScheme: "dark" });
      assert.equal(await overflow(page), 0);
      const colour = await page.evaluate<string>(
        "getComputedStyle(document.body).backgroundColor",
      );
      assert.equal(colour, "rgb(255, 255, 255)");
      for (const one of await page.locator("details.case .inside").all()) {
        assert.ok(await one.isVisible());
      }
      await page.screenshot({
        path: `${OUTPUT}/show-${name}-paper.png`,
        fullPage: true,
      });
      const pdf = await page.pdf({ preferCSSPageSize: true });
      await Deno.writeFile(`${OUTPUT}/show-${name}.pdf`, pdf);
    }));
}

for (const name of Object.keys(RUNS)) {
  Deno.test(`the page of a ${name} run keeps nobody from reading it, light and dark`, async () =>
    await withPage(await pageOf(await RUNS[name]?.() ?? ""), async (page) => {
      await openAll(page);
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        assert.deepEqual(await barriers(page), [], colorScheme);
      }
    }));
}

Deno.test("the page of a failed run shows the cause without scrolling", async () =>
  await withPage(await pageOf(await RUNS["failed"]?.() ?? ""), async (page) => {
    for (const width of Object.values(SCREENS)) {
      await page.setViewportSize({ width, height: 640 });
      const cause = page.getByRole("heading", { name: "Cause of failure" });
      const box = await cause.boundingBox();
      assert.ok(box !== null && box.y + box.height < 640);
    }
    const link = page.getByRole("link", { name: "Sensors › Humidity reading" });
    await link.click();
    const [, id = ""] = page.url().split("#");
    assert.ok(await page.locator(`#${id} .inside`).isVisible());
  }));

Deno.test("the page keeps its policy when a text breaks out of its place", async () => {
  const page = await pageOf("{}");
  const broken = page.replace(
    "<main>",
    `<main><img src="https://example.com/x.png"><script>document.title = "owned"</script>`,
  );
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("broken.html", broken);
  const executablePath = await chromium() ?? "";
  const browser = await engine.launch({
    executablePath,
    args: ["--no-sandbox"],
  });
  try {
    const tab = await browser.newPage();
    const requests: string[] = [];
    tab.on("requestfinished", (request) => requests.push(request.url()));
    await tab.goto(`file://${file}`);
    assert.notEqual(await tab.title(), "owned");
    assert.deepEqual(requests, [`file://${file}`]);
  } finally {
    await browser.close();
  }
});
