import { parseTree, type Tree } from "./json_tree.ts";

/**
 * A JSON text in which each value has one spelling: 3.0 is 3, an integer keeps
 * all its digits, of a key that is there twice the last value counts. The order
 * of keys stays.
 */
export function canonical(text: string): string {
  return canonicalTree(parseTree(text));
}

export function canonicalTree(tree: Tree): string {
  if ("literal" in tree) return canonicalLiteral(tree.literal);
  if ("elements" in tree) {
    return `[${tree.elements.map(canonicalTree).join(",")}]`;
  }
  const last = new Map(tree.members);
  const members = [...last].map(([key, value]) =>
    `${JSON.stringify(key)}:${canonicalTree(value)}`
  );
  return `{${members.join(",")}}`;
}

function canonicalLiteral(literal: string): string {
  if (literal.startsWith('"')) return JSON.stringify(JSON.parse(literal));
  if (!/^[-\d]/.test(literal)) return literal;
  if (/^-?\d+$/.test(literal)) return String(BigInt(literal));
  const number = Number(literal);
  return Number.isInteger(number) ? String(BigInt(number)) : String(number);
}

/** The first 16 hex digits of the SHA-256 of the canonical text. */
export async function fingerprint(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(canonical(text));
  const hash = await crypto.subtle.digest("SHA-256", bytes);
  return new Uint8Array(hash).toHex().slice(0, 16);
}
