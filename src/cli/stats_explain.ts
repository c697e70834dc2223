import type { Explanation } from "../stats/explain/explanation.ts";
import {
  explainedNames,
  explanationOf,
} from "../stats/explain/explanations.ts";
import { wrap } from "../system/text_width.ts";
import { AppError } from "../system/app_error.ts";
import type { CommandInput } from "./command_input.ts";
import { didYouMean } from "./did_you_mean.ts";
import type { CommonFlags } from "./flags.ts";

/** Says what a number of `stats` means. @throws `usage` for a word that is none. */
export function tellNumber(
  { output }: Pick<CommandInput<CommonFlags>, "output">,
  word: string,
): number {
  const found = explanationOf(word);
  if (found === undefined) throw unknown(word);
  const { names, meaning, computed, source } = found;
  output.result(
    { event: "explanation", names, meaning, computed, source },
    explanationLines(found),
    false,
  );
  return 0;
}

const WIDTH = 80;

function explanationLines(
  { names, meaning, computed, source }: Explanation,
): string[] {
  return [
    names.join(", "),
    "",
    ...wrap(meaning, WIDTH),
    "",
    ...wrap(`Computed: ${computed}`, WIDTH),
    "",
    ...wrap(`Source: ${source}`, WIDTH),
  ];
}

function unknown(word: string): AppError {
  const meant = didYouMean(word, explainedNames);
  return new AppError("usage", `There is no number "${word}"`, {
    hints: [
      ...(meant === undefined ? [] : [`did you mean ${meant}?`]),
      `the numbers are: ${explainedNames.join(", ")}`,
    ],
  });
}
