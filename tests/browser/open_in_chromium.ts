import assert from "node:assert/strict";
import axe from "axe-core";
import { type Browser, chromium as engine, type Page } from "playwright-core";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { chromium } from "../../scripts/test/requirements.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** Screenshots for people to look at; git ignores them. */
export const OUTPUT = fromRoot("tests/output/browser");

/** 210 mm less the margins, at 96 dots per inch. */
export const PAPER_WIDTH = 688;

/** Shows a page in Chromium; fails on a message, an error or a request for anything else. */
export async function withPage(
  html: string,
  test: (page: Page) => Promise<void>,
): Promise<void> {
  await using folder = await TemporaryFolder.make();
  const file = await folder.write("page.html", html);
  const executablePath = await chromium();
  if (executablePath === null) throw new Error("There is no Chromium here");
  const browser: Browser = await engine.launch({
    executablePath,
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
  });
  try {
    // Scripts of the page are forbidden by itself; those of the test must run.
    const page = await browser.newPage();
    const complaints: string[] = [];
    const requests: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(error.message));
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`file://${file}`);
    await test(page);
    assert.deepEqual(complaints, []);
    assert.deepEqual(requests, [`file://${file}`]);
  } finally {
    await browser.close();
  }
}

/** How many pixels of the page are to be reached only by scrolling sideways. */
export async function overflow(page: Page): Promise<number> {
  return await page.evaluate<number>(
    "document.documentElement.scrollWidth - document.documentElement.clientWidth",
  );
}

/** What keeps people with a disability from using the page: rule and place of each. */
export async function barriers(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return await page.evaluate<string[]>(`axe.run().then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) =>
      id + ": " + html.slice(0, 200) + " " + failureSummary)))`);
}
