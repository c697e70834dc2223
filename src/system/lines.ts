/** What is pasted into a terminal is not longer. */
const LINE_CHARACTERS = 64 * 1024;

/** The lines of a stream as they come; of one that never ends only the beginning. */
export async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<string> {
  let rest = "";
  for await (const text of stream.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split(/\r?\n/);
    rest = (lines.pop() ?? "").slice(0, LINE_CHARACTERS);
    yield* lines;
  }
  if (rest !== "") yield rest;
}
