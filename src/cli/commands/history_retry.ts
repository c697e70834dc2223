import type { System } from "../../system/system.ts";
import type { Entry } from "../../upload/ledger/entry.ts";
import type { History } from "../../upload/ledger/history.ts";
import type { Ledger } from "../../upload/ledger/ledger.ts";
import { openLedger } from "../../upload/ledger/open_ledger.ts";
import type { UploadSource } from "../../upload/upload_source.ts";
import { type CommandInput, openSession } from "../session.ts";
import { uploadSource } from "../upload_sources.ts";
import { entriesOf } from "./history.ts";
import { send, type SendFlags } from "./upload.ts";

/** Sends again what waits or was rejected, all of it or what is named. */
export async function historyRetry(
  input: CommandInput<SendFlags>,
  prefixes: readonly string[],
): Promise<number> {
  const { system, output, flags } = input;
  const session = await openSession(input, undefined);
  using _session = session;
  const address = session.service.address.text;
  await using opened = await openLedger(system, output.warn.bind(output));
  await opened.ledger.recover();
  const entries = chosen(opened.history, prefixes)
    .filter((entry) => entry.address === address);
  if (entries.length === 0) {
    output.result({ event: "summary", uploaded: 0, waiting: 0, rejected: 0 }, [
      `Nothing waits for ${address}, and nothing was rejected there.`,
    ]);
    return 0;
  }
  return await send({ ...input, flags }, {
    sources: sourcesOf(entries, { system, ledger: opened.ledger }),
    only: new Map(entries.map((entry) => [entry.digest, entry])),
    rejectedToo: true,
  });
}

function chosen(history: History, prefixes: readonly string[]): Entry[] {
  if (prefixes.length > 0) {
    return prefixes.flatMap((prefix) => entriesOf(history, prefix))
      .filter(({ state }) => state !== "uploaded");
  }
  return (["waiting", "rejected"] as const).flatMap((state) => [
    ...history.entries({ state }),
  ]);
}

/** Each file once; what came through stdin is in the ledger itself. */
async function* sourcesOf(
  entries: readonly Entry[],
  { system, ledger }: { system: System; ledger: Ledger },
): AsyncGenerator<UploadSource> {
  const seen = new Set<string>();
  for (const entry of entries) {
    const wire = ledger.documentOf(entry);
    if (wire !== undefined) {
      yield kept(wire);
      continue;
    }
    const path = await fileOf(system, entry.source);
    if (path === undefined || seen.has(path)) continue;
    seen.add(path);
    yield uploadSource(system, { path, isFound: false }, {
      isTracked: false,
    });
  }
}

/** Undefined when the file is gone. */
async function fileOf(
  system: System,
  source: string,
): Promise<string | undefined> {
  // One of several documents in a file has its number behind the path.
  for (const path of [source, source.replace(/(?::|#)\d+$/, "")]) {
    if (await system.inputFiles.info(path) !== undefined) return path;
  }
  return undefined;
}

function kept(wire: string): UploadSource {
  const bytes = new TextEncoder().encode(wire);
  return {
    name: "-",
    isFound: false,
    isUnchanged: () => Promise.resolve(false),
    read: () => Promise.resolve({ bytes }),
    unchangedFor: () => Promise.resolve(undefined),
  };
}
