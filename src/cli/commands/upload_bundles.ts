import { resolve } from "node:path";
import { AppError } from "../../system/app_error.ts";
import { type Bundle, openBundle } from "../../upload/courier/open_bundle.ts";
import { isZipName, receiptsPath } from "../../sources/bundle_names.ts";
import {
  parseReceipts,
  ReceiptBook,
  receiptOf,
  RECEIPTS_LIMIT,
} from "../../upload/courier/receipts.ts";
import type { Report } from "../../upload/report/report.ts";
import type {
  BundleSource,
  UploadSource,
} from "../../upload/sources/upload_source.ts";
import { isBundle, openArchive } from "../open_archive.ts";
import type { CommandInput } from "../command_input.ts";
import {
  type Courier,
  plan,
  send,
  type Sending,
  type UploadFlags,
} from "../sending.ts";

type Input = CommandInput<UploadFlags>;

/** `upload` of bundles: all are checked, then they are sent, then there are receipts beside them. */
export async function uploadBundles(
  input: Input,
  paths: readonly string[],
): Promise<number> {
  const archives = new AsyncDisposableStack();
  await using _archives = archives;
  const bundles = await openBundles(
    input,
    await bundlePaths(input, paths),
    archives,
  );
  const sources = bundleSources(bundles);
  return input.flags.dryRun
    ? await plan(input, { sources })
    : await sendBundles(input, bundles, { sources });
}

/** @param archives closes them when nothing more is read. */
export async function openBundles(
  { system: { interrupted: signal } }: Input,
  paths: Iterable<string>,
  archives: AsyncDisposableStack,
): Promise<Bundle[]> {
  const bundles: Bundle[] = [];
  for (const path of paths) {
    const archive = archives.use(await openArchive(path));
    bundles.push(await openBundle(archive, path, { signal }));
  }
  return bundles;
}

/** Sends what is in bundles, and perhaps more, and keeps their receipts. */
export async function sendBundles(
  input: Input,
  bundles: readonly Bundle[],
  sending: Sending,
): Promise<number> {
  const receipts = new Receipts(input, bundles);
  const counts = bundles.map(({ manifest }) => manifest.documents.size);
  const expected = counts.reduce((sum, count) => sum + count, 0);
  try {
    return await send(input, {
      ...sending,
      ...(sending.only === undefined && {
        expected: Promise.resolve(expected),
      }),
      courier: receipts,
    });
  } finally {
    // What is known is written also when the upload ends before its time.
    await receipts.end();
  }
}

export async function* bundleSources(
  bundles: readonly Bundle[],
): AsyncGenerator<BundleSource> {
  for (const bundle of bundles) yield* bundle.sources();
}

async function bundlePaths(
  { system, flags: { after = "keep" } }: Input,
  paths: readonly string[],
): Promise<string[]> {
  if (after !== "keep") {
    throw new AppError("usage", `--after ${after} is not for bundles`);
  }
  const found = new Set<string>();
  for (const path of paths) {
    if (!await isBundle(system, path)) {
      throw new AppError("usage", `"${path}" is no bundle like the others`, {
        hints: ["upload bundles and run documents one after the other"],
      });
    }
    // A pattern that the shell of Windows leaves to us.
    const files = isZipName(path)
      ? await system.inputFiles.find(path, { accepts: isZipName })
      : [folderName(path)];
    for (const file of files) found.add(file);
  }
  return [...found];
}

/** A folder's path with a name at its end, beside which there can be a file. */
function folderName(path: string): string {
  // Without its slash, `E:\` would be the current folder of that drive.
  const bare = path.replace(/(?<=[^:])[/\\]+$/, "");
  return /^(?:.*[/\\])?\.\.?$/.test(bare) ? resolve(bare) : bare;
}

/** Keeps the receipts of bundles while they are sent. */
class Receipts implements Courier {
  readonly #input: Input;
  readonly #bundles: readonly Bundle[];
  readonly #books = new Map<string, ReceiptBook>();
  #address = "";

  constructor(input: Input, bundles: readonly Bundle[]) {
    this.#input = input;
    this.#bundles = bundles;
  }

  /**
   * Before anything is sent: the receipts can be written, and the bundle goes
   * where its stand would send it.
   *
   * @throws `usage`, `output_unwritable`, `document_invalid`
   */
  async begin(address: string): Promise<void> {
    const { outputFiles } = this.#input.system;
    this.#address = address;
    for (const { path, manifest } of this.#bundles) {
      if (manifest.address === null || manifest.address === address) continue;
      const meant = manifest.address;
      throw new AppError(
        "usage",
        `The bundle "${path}" is for ${meant}, but this is ${address}`,
        { hints: [`set STANDCLOUD_ADDRESS=${meant}`] },
      );
    }
    for (const bundle of this.#bundles) {
      const book = await this.#before(bundle);
      await outputFiles.writeBeside(
        receiptsPath(bundle.path),
        book.text(),
      );
      this.#books.set(bundle.path, book);
    }
  }

  async #before({ path }: Bundle): Promise<ReceiptBook> {
    const { system: { inputFiles }, output } = this.#input;
    const file = receiptsPath(path);
    const info = await inputFiles.info(file);
    // An upload that was killed leaves an empty one.
    if (info === undefined || info.size === 0) return new ReceiptBook();
    const bytes = await inputFiles.read(file, RECEIPTS_LIMIT);
    const text = new TextDecoder().decode(bytes);
    // A stick that was pulled too early: the ledger knows what the rest said.
    const whole = text.slice(0, text.lastIndexOf("\n") + 1);
    if (whole !== text) output.warn(`${file} was cut off; it is written anew`);
    return new ReceiptBook(whole === "" ? [] : parseReceipts(whole, file));
  }

  done(source: UploadSource, reports: readonly Report[]): void {
    if (source.kind !== "bundle") return;
    const time = this.#input.system.clock.now();
    for (const report of reports) {
      this.#books.get(source.bundle)?.add(
        receiptOf(report, source.document, { address: this.#address, time }),
      );
    }
  }

  async end(): Promise<void> {
    const { system, output } = this.#input;
    for (const [bundle, book] of this.#books) {
      const path = receiptsPath(bundle);
      await system.outputFiles.writeBeside(path, book.text());
      output.result({ event: "receipts", path, receipts: book.size }, [
        `Wrote ${path}; on the stand: standcloud history import ${path}`,
      ]);
    }
  }
}
