/** A slash after one of these begins a regular expression, not a division. */
const BEFORE_REGEX = /(?:^|[=(,:;!&|?+*<>{}[\n]|=>|\breturn|\btypeof)\s*$/;

/**
 * The text with comments and the insides of strings, templates and regular
 * expressions turned into blanks. Every character keeps its place, so that an
 * index into the result is an index into the text.
 */
export function codeOnly(text: string): string {
  const out = text.split("");
  const blank = (from: number, to: number) => {
    for (let i = from; i < to; i++) if (out[i] !== "\n") out[i] = " ";
  };
  /** Depth of braces inside each open `${`. */
  const holes: number[] = [];
  let i = 0;
  while (i < text.length) {
    const from = i;
    const rest = text.slice(i, i + 2);
    const one = text.charAt(i);
    if (rest === "//") blank(from, i = endOf(text, "\n", i));
    else if (rest === "/*") blank(from, i = endOf(text, "*/", i + 2) + 2);
    else if (one === '"' || one === "'") {
      i = endOfQuoted(text, one, i + 1);
      blank(from + 1, i - 1);
    } else if (
      one === "/" &&
      BEFORE_REGEX.test(out.slice(Math.max(0, i - 80), i).join(""))
    ) {
      i = endOfRegex(text, i + 1);
      blank(from + 1, i - 1);
    } else if (one === "`" || (one === "}" && holes.at(-1) === 0)) {
      if (one === "}") holes.pop();
      i = endOfTemplate(text, i + 1);
      const opens = text.charAt(i - 1) === "{";
      if (opens) holes.push(0);
      blank(from + 1, i - (opens ? 2 : 1));
    } else {
      const depth = holes.pop();
      const change = one === "{" ? 1 : one === "}" ? -1 : 0;
      if (depth !== undefined) holes.push(depth + change);
      i++;
    }
  }
  return out.join("");
}

function endOf(text: string, what: string, from: number): number {
  const found = text.indexOf(what, from);
  return found === -1 ? text.length : found;
}

function endOfQuoted(text: string, quote: string, from: number): number {
  let i = from;
  while (i < text.length && text.charAt(i) !== quote) {
    i += text.charAt(i) === "\\" ? 2 : 1;
  }
  return i + 1;
}

function endOfRegex(text: string, from: number): number {
  let inClass = false;
  let i = from;
  while (i < text.length && (inClass || text.charAt(i) !== "/")) {
    const one = text.charAt(i);
    if (one === "[") inClass = true;
    if (one === "]") inClass = false;
    i += one === "\\" ? 2 : 1;
  }
  return i + 1;
}

/** Behind the closing backquote, or behind the `${` that opens a hole. */
function endOfTemplate(text: string, from: number): number {
  let i = from;
  while (i < text.length && text.charAt(i) !== "`") {
    if (text.startsWith("${", i)) return i + 2;
    i += text.charAt(i) === "\\" ? 2 : 1;
  }
  return i + 1;
}
