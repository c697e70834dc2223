/** A fenced block of a Markdown text. */
export interface Block {
  readonly line: number;
  /** `sh`: a script. `console`: commands behind `$ `, and what they print. */
  readonly language: string;
  readonly code: string;
  /** Why it cannot run as it is: the comment `<!-- not run: … -->` above it. */
  readonly reason: string | undefined;
}

const FENCE = /^(?:<!-- not run: ([^\n]*?) -->\n+)?```(\w*)\n([\s\S]*?)^```$/gm;

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map((found) => ({
    line: markdown.slice(0, found.index).split("\n").length,
    language: found[2] ?? "",
    code: found[3] ?? "",
    reason: found[1],
  }));
}

/** A command of a `console` block, and the text below it. */
export interface Exchange {
  readonly command: string;
  readonly output: string;
}

export function exchangesOf({ code }: Block): Exchange[] {
  return code.split(/^\$ /m).slice(1).map((part) => {
    const [command = "", ...lines] = part.split("\n");
    return { command, output: lines.join("\n") };
  });
}

/** What is another one in every run, as one word. */
export function withoutChance(text: string): string {
  return text
    .replace(/127\.0\.0\.1:\d+/g, "ADDRESS")
    .replace(/(request_uri%3A)[\w-]+/g, "$1REQUEST")
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/in \d+\.\d s/g, "in SOME s");
}
