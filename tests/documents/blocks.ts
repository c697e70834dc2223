/** A fenced block of a Markdown text. */
export interface Block {
  readonly line: number;
  /** `sh`, `powershell`: a script. `console`: commands behind `$ `, and what they print. */
  readonly language: string;
  readonly code: string;
  /** Why it cannot run as it is: the comment `<!-- not run: … -->` above it. */
  readonly reason: string | undefined;
  /** The exit code that some command of it has: `<!-- ends with 5: … -->`. */
  readonly exitCode: number;
}

const FENCE =
  /^(?:<!-- (not run|ends with \d+): ([^\n]*?) -->\n+)?```(\w*)\n([\s\S]*?)^```$/gm;

export function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(FENCE)].map((found) => {
    const [, note = "", text, language = "", code = ""] = found;
    return {
      line: markdown.slice(0, found.index).split("\n").length,
      language,
      code,
      reason: note === "not run" ? text : undefined,
      exitCode: Number(/\d+$/.exec(note)?.[0] ?? 0),
    };
  });
}

/** A command of a `console` block, and the text below it. */
export interface Exchange {
  readonly command: string;
  readonly output: string;
}

export function exchangesOf({ code }: Pick<Block, "code">): Exchange[] {
  return code.split(/^\$ /m).slice(1).map((part) => {
    const [command = "", ...lines] = part.split("\n");
    return { command, output: lines.join("\n") };
  });
}

/** The lines of a PowerShell block that start the program, as another shell takes them. */
export function programLines({ code }: Pick<Block, "code">): string {
  return code.split("\n").filter((line) => line.startsWith("standcloud "))
    .map((line) => line.replaceAll("\\", "/")).join("\n");
}

/** The text with one word in place of all that differs from run to run. */
export function withoutChance(text: string): string {
  return text
    .replace(/(request_uri%3A)[\w-]+/g, "$1REQUEST")
    .replace(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, "ID")
    .replace(/\d+ seconds? ago/g, "SOME seconds ago")
    .replace(/in \d+\.\d s/g, "in SOME s");
}
