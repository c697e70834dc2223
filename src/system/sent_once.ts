/**
 * The body of a request, which the runtime sends once. Bytes or a text it would
 * send a second time, by itself, when the connection closes before the answer:
 * a second report, or a refresh token used twice. A `Blob` it sends once, with
 * its length in the header; this one also hands its bytes over without a copy
 * and at once, where an ordinary one takes several turns of the event loop.
 */
export class SentOnce extends Blob {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  readonly #isWithheld: boolean;

  /** @param options `isWithheld`: the head tells the length, and no byte follows. */
  constructor(
    body: string | Uint8Array<ArrayBuffer>,
    { isWithheld = false }: { isWithheld?: boolean } = {},
  ) {
    super();
    this.#bytes = typeof body === "string"
      ? new TextEncoder().encode(body)
      : body;
    this.#isWithheld = isWithheld;
  }

  override get size(): number {
    return this.#bytes.length;
  }

  override stream(): ReadableStream<Uint8Array<ArrayBuffer>> {
    if (this.#isWithheld) return new ReadableStream();
    const bytes = this.#bytes;
    return new ReadableStream({
      start(controller) {
        controller.enqueue(bytes);
        controller.close();
      },
    });
  }
}
