import * as z from "../system/schema.ts";

/** One complaint of the server about a document. */
export interface AnswerDetail {
  /** JSON Pointer into the document, "" for the whole. */
  readonly path: string;
  readonly message: string;
}

/** More than a person reads; the rest of a long error page is dropped. */
const MESSAGE_LIMIT = 1000;
const ENTRY_LIMIT = 100;

const fastApi = z.object({
  detail: z.union([
    z.string(),
    z.array(z.object({
      loc: z.array(z.union([z.string(), z.number()])),
      msg: z.string(),
    })),
  ]),
});

/**
 * The details of a refusal: FastAPI's `detail` (a text, or one entry per
 * field), else the bare text.
 */
export function readDetails(body: Uint8Array): AnswerDetail[] {
  const text = new TextDecoder().decode(body);
  const { success, data } = z.safeParse(fastApi, parse(text));
  if (!success) return text.trim() === "" ? [] : [entry([], text.trim())];
  return typeof data.detail === "string"
    ? [entry([], data.detail)]
    : data.detail.slice(0, ENTRY_LIMIT).map(({ loc, msg }) => entry(loc, msg));
}

function entry(
  location: readonly (string | number)[],
  message: string,
): AnswerDetail {
  // FastAPI begins the location with the part of the request it lies in.
  const keys = location[0] === "body" ? location.slice(1) : location;
  return {
    path: keys
      .map((key) =>
        `/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`
      )
      .join("")
      .slice(0, MESSAGE_LIMIT),
    message: message.slice(0, MESSAGE_LIMIT),
  };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
