import { filesBelow, leftovers } from "./files.ts";
import type { Ended } from "./program.ts";
import { type Broken, unlessDone } from "./promise.ts";
import { arrivals, RUNS, sendAgain } from "./runs.ts";
import type { Scenario } from "./scenario.ts";
import type { Stand } from "./stand.ts";
import { standWithRuns } from "./upload_scenarios.ts";

const ZIP = "b.zip";
const FOLDER = "bundle";
const RECEIPTS = "b.receipts.jsonl";

function exportArgs(bundle: string): string[] {
  return ["upload", "--export", bundle, "runs"];
}

/** A bundle that is there is whole, and one that is not can be made; then it brings each run once. */
async function checkExport(
  stand: Stand,
  faulty: Ended,
  bundle: string,
): Promise<Broken[]> {
  const broken: Broken[] = [];
  const isThere = await exists(stand.path(bundle));
  if (faulty.code === 0 && !isThere) {
    broken.push({ kind: "lost", text: `${bundle} is not there` });
  }
  if (!isThere) {
    const again = await stand.run(exportArgs(bundle));
    broken.push(...unlessDone(again, "unreadable"));
  }
  const sent = await stand.run(["upload", "--json", bundle]);
  broken.push(...unlessDone(sent, "unreadable"));
  if (faulty.code !== 0) {
    // What the disk did not give was told, and is not in the bundle.
    const rest = await stand.run(["upload", "--json", "runs"]);
    broken.push(...unlessDone(rest, "lost"));
  }
  return [
    ...broken,
    ...arrivals(stand, [sent]),
    ...await leftovers(stand),
  ];
}

function exporting(name: string, bundle: string): Scenario {
  return {
    name,
    prepare: standWithRuns,
    args: () => exportArgs(bundle),
    check: (stand, faulty) => checkExport(stand, faulty, bundle),
  };
}

export const EXPORT_ZIP = exporting("export to a ZIP file", ZIP);
export const EXPORT_FOLDER = exporting("export to a folder", FOLDER);

async function exportedStand(stand: Stand): Promise<void> {
  await standWithRuns(stand);
  const { code, stderr } = await stand.run(exportArgs(ZIP), "exporter");
  if (code !== 0) throw new Error(`The export failed: ${stderr}`);
}

const SEND_BUNDLE = ["upload", "--json", ZIP];

export const BUNDLE: Scenario = {
  name: "upload of a bundle",
  prepare: exportedStand,
  args: () => SEND_BUNDLE,
  async check(stand, faulty) {
    const broken = await sendAgain(stand, faulty, SEND_BUNDLE);
    return [...broken, ...await receiptsWork(stand), ...await leftovers(stand)];
  },
};

async function receiptsWork(stand: Stand): Promise<Broken[]> {
  const imported = await stand.run(["history", "import", RECEIPTS], "exporter");
  return [
    ...unlessDone(imported, "unreadable"),
    ...await allKnown(stand, "exporter"),
  ];
}

/** The stand knows of each run that it was uploaded. */
async function allKnown(stand: Stand, home: string): Promise<Broken[]> {
  const { stdout } = await stand.run(["history", "--json"], home);
  const uploaded = stdout.match(/"event":"history".*"state":"uploaded"/g);
  return uploaded?.length === RUNS
    ? []
    : [{ kind: "lost", text: `the history lacks runs: ${stdout}` }];
}

const IMPORT = ["history", "import", RECEIPTS];

export const RECEIPTS_IMPORT: Scenario = {
  name: "history import",
  async prepare(stand) {
    await exportedStand(stand);
    const { code, stderr } = await stand.run(["upload", ZIP]);
    if (code !== 0) throw new Error(`The upload failed: ${stderr}`);
    // From now on the stand is the one that has exported the runs.
    await Deno.rename(stand.path("home"), stand.path("sender"));
    await Deno.rename(stand.path("exporter"), stand.path("home"));
    await Deno.rename(
      stand.path("sender", "logins"),
      stand.path("home", "logins"),
    );
    await Deno.rename(
      stand.path("sender", "key.txt"),
      stand.path("home", "key.txt"),
    );
  },
  args: () => IMPORT,
  async check(stand, faulty) {
    const broken = faulty.code === 0 ? await allKnown(stand, "home") : [];
    broken.push(...unlessDone(await stand.run(IMPORT), "unreadable"));
    broken.push(...await allKnown(stand, "home"));
    const upload = await stand.run(["upload", "--json", "runs"]);
    broken.push(...unlessDone(upload, "unreadable"));
    const sent = stand.sandbox.reports.length;
    if (sent > 0) broken.push({ kind: "doubled", text: `${sent} were sent` });
    return [...broken, ...await leftovers(stand)];
  },
};

const PAGE = "page.html";

/** Writes two files that replace others of the same name. */
export const PAGES: Scenario = {
  name: "show --html",
  async prepare(stand) {
    await standWithRuns(stand);
    await stand.run(showArgs("SN-1"));
  },
  args: () => showArgs("SN-0"),
  async check(stand) {
    const page = await Deno.readTextFile(stand.path(PAGE));
    const isWhole = /SN-[01].*<\/html>\s*$/s.test(page);
    const broken: Broken[] = isWhole
      ? []
      : [{ kind: "unreadable", text: `${PAGE} is cut off` }];
    broken.push(...unlessDone(await stand.run(showArgs("SN-0")), "unreadable"));
    const files = (await filesBelow(stand.root)).filter((file) =>
      file.includes(PAGE)
    );
    if (files.length > 1) {
      broken.push({ kind: "unreadable", text: files.join(", ") });
    }
    return broken;
  },
};

function showArgs(serial: string): string[] {
  return ["show", `runs/${serial}.json`, "--html", PAGE];
}

async function exists(path: string): Promise<boolean> {
  return await Deno.lstat(path).then(() => true, () => false);
}
