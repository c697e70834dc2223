import { fold } from "../fold.ts";
import { isOff } from "../measurement.ts";
import {
  countBy,
  countsText,
  isTrouble,
  signOf,
} from "../../../page/status.ts";
import type { CaseView, ModuleView } from "../view.ts";
import {
  artifactText,
  assertionText,
  chartText,
  messagesText,
} from "./details_text.ts";
import { measurementsText } from "./measurement_text.ts";
import type { TextOptions } from "./text_options.ts";
import { padded, WIDTH, widthOf, wrap } from "../../../system/text_width.ts";

const MODULES = 40;
const CASES = 20;
const ASSERTION_LINES = 4;
const CASE_INDENT = 2;
const DETAIL_INDENT = 13;
/** `✗ FAILED ` and the spaces before the name. */
const SIGN_WIDTH = 11;

/** The tree of modules and cases. */
export function modulesText(
  modules: readonly ModuleView[],
  options: TextOptions,
): string[] {
  const folded = fold(modules, {
    all: options.all,
    keep: MODULES,
    isImportant: ({ status }) => isTrouble(status),
  });
  return folded.flatMap((one) =>
    "item" in one
      ? [...moduleText(one.item, options), ""]
      : [hiddenText("modules", one.hidden, options), ""]
  );
}

function moduleText(module: ModuleView, options: TextOptions): string[] {
  const folded = fold(module.cases, {
    all: options.all,
    keep: CASES,
    isImportant: isNotable,
  });
  const group = module.group === "setup" || module.group === "teardown"
    ? [module.group]
    : [];
  return [
    ...headLine(module, { ...options, indent: 0, facts: group }),
    ...folded.flatMap((one) =>
      "item" in one
        ? caseText(one.item, options)
        : [`  ${hiddenText("cases", one.hidden, options)}`]
    ),
    ...artifactText(module.artifact, { ...options, indent: CASE_INDENT }),
  ];
}

function isNotable({ status, measurements }: CaseView): boolean {
  return isTrouble(status) || measurements.some(isOff);
}

function caseText(testCase: CaseView, options: TextOptions): string[] {
  const { attempts, isNameShared, key } = testCase;
  const details = { ...options, indent: DETAIL_INDENT };
  return [
    ...headLine(testCase, {
      ...options,
      indent: CASE_INDENT,
      facts: [
        ...(isNameShared ? [key] : []),
        ...(attempts === undefined ? [] : [`${attempts} attempts`]),
      ],
    }),
    ...assertionText(testCase.assertion, { ...details, keep: ASSERTION_LINES }),
    ...messagesText(testCase.messages, details),
    ...measurementsText(testCase.measurements, details),
    ...chartText(testCase.chart, details),
    ...artifactText(testCase.artifact, details),
  ];
}

/** `✓ passed  Name (facts)                 12 s`; the duration stands at the right edge. */
function headLine(
  { name, status, duration = "" }: CaseView | ModuleView,
  { indent, facts, paint }: TextOptions & {
    indent: number;
    facts: readonly string[];
  },
): string[] {
  const { mark, word, tone } = signOf(status);
  const sign = padded(`${mark} ${word}`, SIGN_WIDTH);
  const text = facts.length === 0 ? name : `${name} (${facts.join(", ")})`;
  const before = indent + widthOf(sign);
  const width = WIDTH - before - (duration === "" ? 0 : duration.length + 2);
  const [first = "", ...rest] = wrap(text, width);
  const shown = indent === 0 ? paint("strong", first) : first;
  const gap = duration === "" ? "" : " ".repeat(width - widthOf(first) + 2);
  return [
    " ".repeat(indent) + paint(tone, sign) + shown + gap +
    paint("quiet", duration),
    ...rest.map((line) => " ".repeat(before) + line),
  ];
}

function hiddenText(
  what: string,
  hidden: readonly (CaseView | ModuleView)[],
  { paint }: TextOptions,
): string {
  const counts = countsText(countBy(hidden.map(({ status }) => status)));
  return paint("quiet", `… ${hidden.length} more ${what}: ${counts} (--all)`);
}
