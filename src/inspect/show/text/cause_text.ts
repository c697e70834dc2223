import { isOff } from "../measurement.ts";
import type { RunView } from "../view.ts";
import { assertionText } from "./details_text.ts";
import { measurementsText } from "./measurement_text.ts";
import type { TextOptions } from "./text_options.ts";
import { WIDTH, wrap } from "../../../system/text_width.ts";

const INDENT = 2;
const LINES = 12;

/** Why the run did not pass, before anything else. */
export function causeText({ cause }: RunView, options: TextOptions): string[] {
  if (cause === undefined) return [];
  const { kind, module, testCase, id, isNamed, errorCode } = cause;
  const title = kind === "stop" ? "Stopped at" : "Cause of failure";
  const place = [module?.name, testCase?.name].filter((name) =>
    name !== undefined
  );
  const names = place.length === 0 ? [] : [place.join(" › ")];
  const hint = isNamed || kind === "stop"
    ? []
    : testCase?.hasFailedFixture
    ? ["a fixture failed before the test"]
    : ["the first case that failed; the document names none"];
  const lost = isNamed && testCase === undefined
    ? ["the run holds no such case"]
    : [];
  const code = errorCode === undefined ? [] : [`error code ${errorCode}`];
  const texts = [...names, id, ...hint, ...lost, ...code]
    .filter((text) => text !== "")
    .flatMap((text) => wrap(text, WIDTH - INDENT));
  return [
    options.paint(kind === "stop" ? "warn" : "bad", title),
    ...texts.map((text) => `  ${text}`),
    ...assertionText(testCase?.assertion ?? [], {
      ...options,
      indent: INDENT,
      keep: LINES,
    }),
    ...measurementsText((testCase?.measurements ?? []).filter(isOff), {
      ...options,
      indent: INDENT,
    }),
    "",
  ];
}
