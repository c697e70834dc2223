import { type Browser, chromium as engine, type Page } from "playwright-core";
import { fromRoot } from "../../scripts/compile/paths.ts";
import { chromium } from "../../scripts/test/requirements.ts";
import type { User } from "../../scripts/sandbox/types.ts";

/** Nothing that asks the internet for something behind the test's back. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Screenshots for people to look at; git ignores them. */
const OUTPUT = fromRoot("tests/output/browser");

export type ColorScheme = "light" | "dark";

/** Somebody with a real browser. */
export interface Person extends AsyncDisposable {
  readonly page: Page;
  /** Opens the URL, signs in and reads the consent page. */
  signIn(url: string, user: User): Promise<void>;
  /** Signs in on the page that is open and reads the consent page. */
  fillIn(user: User): Promise<void>;
  /** Presses the button with this name and waits for the page that follows. */
  press(button: string): Promise<void>;
  /** The text of the page, as it is seen. */
  read(): Promise<string>;
  /** Keeps `NAME-light.png` and `NAME-dark.png`. */
  photograph(name: string): Promise<void>;
}

export async function sitDown(
  options: { javaScriptEnabled?: boolean } = {},
): Promise<Person> {
  const browser = await launch();
  const context = await browser.newContext({
    // The sandbox's authority is not the browser's.
    ignoreHTTPSErrors: true,
    viewport: { width: 900, height: 640 },
    ...options,
  });
  const page = await context.newPage();
  const fillIn = async (user: User) => {
    await page.getByLabel("Username").fill(user.name);
    await page.getByLabel("Password").fill(user.password);
    await page.getByRole("button", { name: "Sign in" }).click();
    await page.getByRole("button", { name: "Accept" }).waitFor();
  };
  return {
    page,
    signIn: async (url, user) => {
      await page.goto(url);
      await fillIn(user);
    },
    fillIn,
    press: async (name) => {
      await page.getByRole("button", { name }).click();
      await page.waitForURL("http://127.0.0.1:*/oauth2/{done,too-old/*}");
    },
    read: () => page.locator("body").innerText(),
    photograph: async (name) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${OUTPUT}/${name}-${colorScheme}.png` });
      }
    },
    [Symbol.asyncDispose]: () => browser.close(),
  };
}

async function launch(): Promise<Browser> {
  const executablePath = await chromium();
  if (executablePath === null) throw new Error("There is no Chromium here");
  return await engine.launch({ executablePath, args: FLAGS });
}

/** WCAG 2 contrast between the text of the first such element and the page behind it. */
export async function contrast(page: Page, selector: string): Promise<number> {
  const colours = await page.locator(selector).first().evaluate((element) => {
    const { getComputedStyle, document } = globalThis as unknown as Window;
    return [
      getComputedStyle(element).color,
      getComputedStyle(document.body).backgroundColor,
    ];
  });
  const [a = 0, b = 0] = colours.map(luminance);
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

interface Window {
  getComputedStyle(
    element: unknown,
  ): { color: string; backgroundColor: string };
  document: { body: unknown };
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/\d+/g) ?? [])
    .map((part) => Number(part) / 255)
    .map((part) =>
      part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
    );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
