import assert from "node:assert/strict";
import { outcomePage, tooOldPage } from "../../src/login/callback_page.ts";
import { barriers, OUTPUT, overflow, withPage } from "./open_in_chromium.ts";

/** Names as long as they may be: a host's label, and an address with a port. */
const SIGN_IN = {
  stand: `${"stand-of-line-".repeat(5)}7`.slice(0, 63),
  address: `${"very-long-customer-name.".repeat(4)}standcloud.io:65535`,
};

const PAGES = {
  issued: outcomePage("issued", SIGN_IN),
  failed: outcomePage("failed", SIGN_IN),
  "too-old": tooOldPage(new URL("https://demo.standcloud.io/a"), SIGN_IN),
  "too-old-without-a-new-one": tooOldPage(undefined, SIGN_IN),
};

for (const [name, response] of Object.entries(PAGES)) {
  Deno.test(`the page ${name} has no barrier, fits 390 pixels, and is light or dark as its reader wants`, async () => {
    await withPage(await response.text(), async (page) => {
      for (const width of [390, 900]) {
        await page.setViewportSize({ width, height: 800 });
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await barriers(page), [], `${width} ${colorScheme}`);
          assert.equal(await overflow(page), 0, `${width} ${colorScheme}`);
          const path = `${OUTPUT}/sign-in-${name}-${width}-${colorScheme}.png`;
          await page.screenshot({ path });
        }
      }
    });
  });
}
