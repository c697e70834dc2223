/**
 * Makes the pictures of README.md: `sh scripts/deno task pictures`. It writes the
 * runs of a line that does not exist, lets the program make its pages of them, and
 * has Chromium take a picture of the top of each page.
 */
import { chromium } from "./test/requirements.ts";
import { complain, say } from "./compile/say.ts";
import { fromRoot } from "./compile/paths.ts";
import { lineFiles } from "./pictures/line.ts";

const FOLDER = fromRoot("docs/images");
/** A README loads all its pictures at once. */
const BYTES = 150_000;

interface Picture {
  readonly name: string;
  readonly args: readonly string[];
  /** The part of the page that the picture begins with. */
  readonly section?: string;
  readonly width: number;
  readonly height: number;
}

const PICTURES: readonly Picture[] = [
  {
    name: "stats",
    args: ["stats", "runs"],
    width: 1100,
    height: 1010,
  },
  {
    name: "stats_measurements",
    args: ["stats", "runs"],
    section: "measurements",
    width: 1100,
    height: 990,
  },
  {
    name: "show",
    args: [
      "show",
      fromRoot(
        "tests/testdata/runs/hardpy-0.22.1/sensor_board_failed.jsonloader.json",
      ),
    ],
    width: 1000,
    height: 740,
  },
];

async function makePictures(): Promise<void> {
  const browser = await chromium();
  if (browser === null) throw new Error("there is no Chromium here");
  const folder = await Deno.makeTempDir({ prefix: "standcloud-pictures-" });
  try {
    await Deno.mkdir(`${folder}/runs`);
    const files = lineFiles({ days: 19, unitsPerDay: 24, seed: 4 });
    for (const { name, text } of files) {
      await Deno.writeTextFile(`${folder}/runs/${name}`, text);
    }
    for (const picture of PICTURES) await make(picture, { folder, browser });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function make(
  { name, args, section, width, height }: Picture,
  { folder, browser }: { folder: string; browser: string },
): Promise<void> {
  const page = `${folder}/${name}.html`;
  await run(Deno.execPath(), {
    cwd: folder,
    args: [
      "run",
      "-A",
      "-q",
      "--config",
      fromRoot("deno.json"),
      fromRoot("main.ts"),
      ...args,
      "--html",
      page,
    ],
  });
  if (section !== undefined) await beginWith(section, page);
  const file = `${FOLDER}/${name}.png`;
  await run(browser, {
    cwd: folder,
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--hide-scrollbars",
      `--user-data-dir=${folder}/profile`,
      `--window-size=${width},${height}`,
      `--screenshot=${file}`,
      `file://${page}`,
    ],
  });
  const { size } = await Deno.stat(file);
  say(`${file}: ${size} bytes`);
  if (size > BYTES) throw new Error(`${file} has more than ${BYTES} bytes`);
}

/** Takes out of a page what stands before a section. */
async function beginWith(section: string, page: string): Promise<void> {
  const text = await Deno.readTextFile(page);
  const main = text.indexOf("<main>") + "<main>".length;
  const begin = text.indexOf(`<section id="${section}"`);
  await Deno.writeTextFile(page, text.slice(0, main) + text.slice(begin));
}

async function run(
  command: string,
  { args, cwd }: { args: string[]; cwd: string },
): Promise<void> {
  const { success, stderr } = await new Deno.Command(command, {
    args,
    cwd,
    stdin: "null",
  }).output();
  if (!success) {
    throw new Error(`${command}: ${new TextDecoder().decode(stderr)}`);
  }
}

await makePictures().catch((error) => {
  complain(error);
  Deno.exit(1);
});
