import assert from "node:assert/strict";
import { say } from "../../scripts/compile/say.ts";
import { pages } from "./pages.ts";
import { sentencesOf } from "./sentences.ts";

const WORDS = 25;

const sentences = pages.flatMap(({ path, text }) =>
  sentencesOf(text).map((sentence) => ({ path, ...sentence }))
);

const placed = ({ path, line, words, text }: typeof sentences[number]) =>
  `${path}:${line}: ${words} words: ${text}`;

Deno.test("sentencesOf() counts the words of sentences, list items and cells", () => {
  const text = [
    "One two three. `Four five` six!",
    "",
    "- seven [eight nine](a/b.md) ten",
    "  eleven (see 1.2)",
    "",
    "```sh",
    "not counted at all.",
    "```",
    "",
    "| a b | c d e. F |",
  ].join("\n");
  assert.deepEqual(
    sentencesOf(text).map(({ line, words }) => [line, words]),
    [[1, 3], [1, 2], [3, 7], [10, 2], [10, 3], [10, 1]],
  );
});

Deno.test(`no sentence of the documents has more than ${WORDS} words`, () => {
  assert.ok(sentences.length > 500, `${sentences.length} sentences`);
  const [longest] = sentences.toSorted((a, b) => b.words - a.words);
  if (longest !== undefined) say(`longest sentence: ${placed(longest)}`);
  const long = sentences.filter(({ words }) => words > WORDS);
  assert.deepEqual(long.map(placed), []);
});

Deno.test("no sentence of the documents has a riddle for a subject", () => {
  const riddles = sentences.filter(({ text }) =>
    /\b(?:who|whom)ever\b|\b(?:no|some)body\b|^(?:Of|Where|What) [^?]*\.$/i
      .test(text.trim())
  );
  assert.deepEqual(riddles.map(placed), []);
});
