import type { RunSource } from "../runs/examine.ts";

export interface ReadSource {
  readonly source: RunSource;
  /** In bytes. */
  readonly size: number;
}

/** So many files are read while one is checked: each takes two turns, on a busy machine more. */
const MOST_AHEAD = 8;
/** Of files like the last one: large ones are not all held at once. */
const BYTES_AHEAD = 8 * 1024 * 1024;

/** The sources one after the other; the next files are read meanwhile. */
export async function* readAhead(
  sources: readonly RunSource[],
): AsyncGenerator<ReadSource> {
  const readings: ReturnType<RunSource["read"]>[] = [];
  let ahead = 1;
  let started = 0;
  for (const current of sources) {
    for (
      const source of sources.slice(
        started,
        started + ahead + 1 - readings.length,
      )
    ) {
      readings.push(source.read());
      started++;
    }
    const next = await readings.shift()?.then((read) =>
      onceOnly(current, read)
    );
    if (next === undefined) return;
    ahead = Math.min(MOST_AHEAD, Math.floor(BYTES_AHEAD / (next.size + 1)) + 1);
    yield next;
  }
}

/** What was read, given away once, so that nothing here holds a large file. */
function onceOnly(
  source: RunSource,
  read: Awaited<ReturnType<RunSource["read"]>>,
): ReadSource {
  let content: typeof read = read;
  const take = () => {
    const taken = content;
    content = { reason: "it was read already" };
    return Promise.resolve(taken);
  };
  const size = "bytes" in read ? read.bytes.length : 0;
  return { source: { ...source, read: take }, size };
}
