import { rules } from "../runs/rules/all_rules.ts";
import { readingRules } from "../runs/rules/reading_rules.ts";
import type { Example, Rule, RuleText } from "../runs/rules/rule.ts";
import { AppError } from "../system/app_error.ts";
import { didYouMean } from "./did_you_mean.ts";
import { fixText } from "./fix_text.ts";
import { wrapped } from "./wrap.ts";
import type { RuleEvent } from "./events/inspect_events.ts";

type Explained = RuleText & Partial<Rule>;

/** Every rule that a finding can name. */
export const explainedRules: readonly Explained[] = [
  ...rules,
  ...readingRules,
];

/** @throws `usage` for a word that is no rule. */
export function findRule(word: string): Explained {
  const rule = explainedRules.find((one) => one.word === word);
  if (rule !== undefined) return rule;
  const meant = didYouMean(word, explainedRules.map(({ word }) => word));
  throw new AppError("usage", `There is no rule "${word}"`, {
    hints: [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      "standcloud validate --list-rules lists them",
    ],
  });
}

/** Whether a run with an error of the rule is never sent. Without a profile a rule is of files without a run. */
export function blocksUpload(rule: Explained): boolean {
  return rule.blocksUpload ?? rule.profile === undefined;
}

/** The `rule` event. */
export function ruleEvent(rule: Explained): RuleEvent {
  const { word, brief, severities, profile, explanation, fix } = rule;
  return {
    event: "rule",
    rule: word,
    brief,
    severities,
    profile: profile ?? "both",
    "blocks_upload": blocksUpload(rule),
    explanation: explanation.replace(/\s+/g, " "),
    fix,
    failing: rule.failing ? short(rule.failing) : null,
    passing: rule.passing ?? null,
  };
}

/** One line of `--list-rules`. */
export function ruleLine({ word, brief, severities }: Explained): string {
  return `${word.padEnd(28)} ${severities.join("/").padEnd(18)} ${brief}`;
}

const RUNS: Readonly<Record<Rule["profile"], string>> = {
  both: "all runs",
  early: "runs of HardPy 0.10 to 0.14",
  current: "runs of HardPy 0.15 and later",
};

/** What `--explain` prints. */
export function ruleLines(rule: Explained): string[] {
  const { word, brief, severities, profile, failing, passing } = rule;
  return [
    `${word}: ${brief}`,
    `${severities.join(" or ")}; for ${RUNS[profile ?? "both"]}`,
    "",
    ...wrapped(rule.explanation.split(/\s+/), WIDTH),
    "",
    ...wrapped(`fix: ${fixText(rule.fix)}`.split(" "), WIDTH),
    ...(failing && passing
      ? [
        "",
        ...exampleLines("wrong", short(failing)),
        ...exampleLines("right", short(passing)),
      ]
      : []),
  ];
}

function exampleLines(label: string, { at, json }: Example): string[] {
  // Breaks between the members of an object, never inside of one.
  const lines = wrapped(json.split(/(?<=,) (?=")/), WIDTH - 4);
  return [`${label}: ${at}`, ...lines.map((line) => `    ${line}`)];
}

const WIDTH = 80;

const LONGEST_EXAMPLE = 400;

/** An example may be a document that is too large. */
function short({ at, json }: Example): Example {
  return json.length <= LONGEST_EXAMPLE ? { at, json } : {
    at,
    json: `${json.slice(0, 40)}… (${
      json.length.toLocaleString("en")
    } characters)`,
  };
}
