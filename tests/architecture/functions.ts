import { codeOnly } from "./code_only.ts";
import { lineAt, type SourceFile } from "./source_file.ts";

export interface FoundFunction {
  readonly path: string;
  readonly name: string;
  /** Line of its head. */
  readonly line: number;
  readonly lines: number;
}

const CLOSING: Record<string, string> = { "(": ")", "{": "}", "[": "]" };
/** What stands before the parentheses of a function's parameters. */
const HEAD = /([\w$]+|\])(?:<[^(){};]*>)?\s*\(/g;
/** These have parentheses and braces too, and are no functions. */
const STATEMENTS = ["if", "for", "while", "switch", "catch", "with", "await"]
  .concat("async", "return", "case");
/** After one of these a brace opens an object type, not a body. */
const TYPE_GOES_ON = /(?:[:|&<,(=]|=>|\bkeyof|\breadonly|\bextends)\s*$/;

/** Every function with a body: declarations, methods, accessors and arrow functions. */
export function functionsOf({ path, text }: SourceFile): FoundFunction[] {
  const code = codeOnly(text);
  const found: FoundFunction[] = [];
  const add = (name: string, head: number, body: number) => {
    const line = lineAt(code, head);
    const last = lineAt(code, closing(code, body));
    found.push({ path, name, line, lines: last - line + 1 });
  };
  for (const match of code.matchAll(HEAD)) {
    const [whole, name = ""] = match;
    if (STATEMENTS.includes(name)) continue;
    const body = bodyAfter(code, closing(code, match.index + whole.length - 1));
    if (body !== undefined) add(name, match.index, body);
  }
  for (const match of code.matchAll(/=>\s*\{/g)) {
    add("(arrow function)", match.index, match.index + match[0].length - 1);
  }
  return found;
}

/** Index of the bracket that closes the one at `open`. */
function closing(code: string, open: number): number {
  const opens = code.charAt(open);
  const closes = CLOSING[opens];
  let depth = 0;
  for (let i = open; i < code.length; i++) {
    const one = code.charAt(i);
    if (one === opens) depth++;
    if (one === closes && --depth === 0) return i;
  }
  return code.length;
}

/** Where the body begins behind the parameters; undefined for a call, an arrow or a signature. */
function bodyAfter(code: string, parametersEnd: number): number | undefined {
  let i = parametersEnd + 1;
  while (/\s/.test(code.charAt(i))) i++;
  if (code.charAt(i) === "{") return i;
  if (code.charAt(i) !== ":") return undefined;
  // A return type; object types and type arguments in it have brackets too.
  const typeStart = i;
  let angles = 0;
  for (i++; i < code.length; i++) {
    const one = code.charAt(i);
    if (one === "{" && angles === 0) {
      const before = code.slice(typeStart, i);
      if (!TYPE_GOES_ON.test(before)) return i;
    }
    if (one in CLOSING) i = closing(code, i);
    else if (code.startsWith("=>", i)) i++;
    else if (one === "<") angles++;
    else if (one === ">") angles--;
    else if (angles === 0 && /[;,)}=?]/.test(one)) return undefined;
  }
  return undefined;
}
