/** A sentence of a document, and where its block begins. */
export interface Sentence {
  readonly line: number;
  readonly text: string;
  readonly words: number;
}

/** Every sentence of a Markdown text: of paragraphs, list items, headings and cells of tables. */
export function sentencesOf(markdown: string): Sentence[] {
  return units(withoutBlocks(markdown)).flatMap(({ line, text }) =>
    text.split(/(?<=[.!?]\)?)\s+(?=["“(]?[\p{Lu}\d`\[]|--\w)/u)
      // A list of names is no sentence.
      .filter((sentence) => /\p{L}/u.test(sentence.replace(/`[^`]+`/g, "")))
      .map((sentence) => ({ line, text: sentence, words: wordCount(sentence) }))
  );
}

/** Fenced blocks and comments become empty lines, so that the others keep their places. */
function withoutBlocks(markdown: string): string {
  return markdown.replace(
    /^```[\s\S]*?^```$|<!--[\s\S]*?-->/gm,
    (block) => block.replace(/[^\n]/g, ""),
  );
}

interface Unit {
  readonly line: number;
  readonly text: string;
}

/** Texts that end where no sentence can go on. */
function units(markdown: string): Unit[] {
  const found: { line: number; text: string }[] = [];
  let isOpen = false;
  for (const [index, raw] of markdown.split("\n").entries()) {
    const text = raw.trim();
    const isRow = text.startsWith("|");
    const starts = /^(?:#+|[-*]|\d+\.)\s+/.exec(text)?.[0];
    if (isRow) {
      const cells = text.slice(1, -1).split(/(?<!\\)\|/);
      found.push(...cells.map((cell) => ({ line: index + 1, text: cell })));
    } else if (text !== "") {
      const last = found.at(-1);
      if (isOpen && starts === undefined && last) last.text += ` ${text}`;
      else {
        found.push({ line: index + 1, text: text.slice(starts?.length ?? 0) });
      }
    }
    isOpen = text !== "" && !isRow && !text.startsWith("#");
  }
  return found;
}

/** A list of names between backquotes is one word, and so is the address of a link. */
function wordCount(sentence: string): number {
  const plain = sentence.replace(/``.+?``|`[^`]+`/g, "code")
    .replace(/\bcode(?:, code)+\b/g, "code")
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1");
  return plain.match(/[\p{L}\d][\p{L}\d'’./:_-]*/gu)?.length ?? 0;
}
