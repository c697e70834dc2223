/** Rows in one portion of an answer. */
const PORTION_ROWS = 200;

/** A JSON array as it is written: nothing of it is kept, and a client that goes away ends it. */
export function rowStream(rows: Iterator<unknown>): Response {
  const encoder = new TextEncoder();
  let separator = "[";
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      let text = "";
      for (let count = 0; count < PORTION_ROWS; count++) {
        const { done, value } = rows.next();
        if (done) {
          const end = separator === "[" ? "[]" : "]";
          controller.enqueue(encoder.encode(text + end));
          return controller.close();
        }
        text += separator + JSON.stringify(value);
        separator = ",";
      }
      controller.enqueue(encoder.encode(text));
    },
  });
  return new Response(body, {
    headers: { "content-type": "application/json" },
  });
}
