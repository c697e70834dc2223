import { isObject } from "../../runs/values.ts";
import { cleanText } from "./texts.ts";

/** Shorter ones could stand in a message by accident. */
const SHORTEST_SERIAL = 4;
const LONGEST = 120;

/** What differs from run to run, and its placeholder; in this order. */
const VARIABLE: readonly (readonly [RegExp, string])[] = [
  [
    /[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?/g,
    "<time>",
  ],
  [
    /[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}/g,
    "<id>",
  ],
  [/0[xX][0-9a-fA-F]+/g, "<hex>"],
  [
    /(?<![A-Za-z0-9_.])[+-]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?/g,
    "<n>",
  ],
  [/[ \t\v\f]+/g, " "],
];

/** The message of a failed case without what differs from run to run; null when it has none. */
export function fingerprintOf(
  testCase: Readonly<Record<string, unknown>>,
  serialNumber: string | null,
): string | null {
  const message = isText(testCase["assertion_msg"])
    ? testCase["assertion_msg"]
    : firstText(testCase["msg"]);
  if (message === undefined) return null;
  let text = firstLine(message);
  if (serialNumber !== null && [...serialNumber].length >= SHORTEST_SERIAL) {
    text = text.replaceAll(serialNumber, "<serial>");
  }
  for (const [pattern, placeholder] of VARIABLE) {
    text = text.replace(pattern, placeholder);
  }
  return [...text].slice(0, LONGEST).join("");
}

function isText(value: unknown): value is string {
  return cleanText(value) !== null;
}

/** HardPy keeps the messages of a case under numbers. */
function firstText(value: unknown): string | undefined {
  if (isText(value)) return value;
  if (!isObject(value) && !Array.isArray(value)) return undefined;
  return Object.values(value).find(isText);
}

function firstLine(text: string): string {
  for (const line of text.split(/\r\n|\r|\n/)) {
    const cleaned = cleanText(line);
    if (cleaned !== null) return cleaned;
  }
  return "";
}
