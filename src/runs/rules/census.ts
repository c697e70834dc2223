import { type Key, pointer } from "../json/pointer.ts";
import { type KeyMark, markOf } from "./key_words.ts";

/** An object or a list, and the way to it. */
export interface Node {
  readonly value: object;
  readonly area: Area;
  readonly owner: Node | undefined;
  readonly key: Key;
  /** The artifact, info or message dictionary around it. */
  readonly dictionary: Node | undefined;
}

/**
 * Where in a run document a value stands. What is below `info`, `message`,
 * `artifact` or `caseArtifact` is the test author's own.
 */
type Area =
  | "run"
  | "modules"
  | "module"
  | "cases"
  | "case"
  | "part"
  | "info"
  | "message"
  | "artifact"
  | "caseArtifact";

/** A value, by the object or list that holds it. */
export interface NodeKey {
  readonly node: Node;
  readonly key: Key;
}

/** A key of the author's own whose words say what it is about. */
export interface MarkedKey extends NodeKey {
  readonly key: string;
  readonly mark: KeyMark;
}

export interface Census {
  /** How many keys all objects have together. */
  readonly keys: number;
  /** Numbers that lose digits in JavaScript, if they are written as integers. */
  readonly longNumbers: readonly NodeKey[];
  readonly marked: readonly MarkedKey[];
  /** Lists of numbers, three or more, among a case's artifacts. */
  readonly series: readonly Node[];
}

/** More of them say nothing new. */
const MOST_LONG_NUMBERS = 1000;
const SHORTEST_SERIES = 3;

/** Looks at every value once, whatever the nesting. */
export function takeCensus(document: unknown): Census {
  const nodes = typeof document === "object" && document !== null
    ? [nodeOf(document, undefined, "")]
    : [];
  const longNumbers: NodeKey[] = [];
  const marked: MarkedKey[] = [];
  let keys = 0;
  const visit = (value: unknown, node: Node, key: Key) => {
    if (typeof value === "number") {
      if (
        (value > Number.MAX_SAFE_INTEGER || value < Number.MIN_SAFE_INTEGER) &&
        longNumbers.length < MOST_LONG_NUMBERS
      ) longNumbers.push({ node, key });
    } else if (typeof value === "object" && value !== null) {
      nodes.push(nodeOf(value, node, key));
    }
  };
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at] as Node;
    if (Array.isArray(node.value)) {
      // A loop with an index would box every number of a chart, for good.
      node.value.forEach((value, index) => visit(value, node, index));
      continue;
    }
    const names = Object.keys(node.value);
    // Faster than asking for each by its key: objects have many shapes.
    const values: unknown[] = Object.values(node.value);
    keys += names.length;
    for (let i = 0; i < names.length; i++) {
      const key = names[i] as string;
      const mark = node.dictionary === undefined ? undefined : markOf(key);
      if (mark !== undefined) marked.push({ node, key, mark });
      visit(values[i], node, key);
    }
  }
  return { keys, longNumbers, marked, series: nodes.filter(isSeries) };
}

function nodeOf(
  value: object,
  owner: Node | undefined,
  key: Key,
): Node {
  const area = owner === undefined ? "run" : areaOf(owner.area, key);
  const node = { value, area, owner, key, dictionary: owner?.dictionary };
  if (node.dictionary === undefined && FREE.has(area)) node.dictionary = node;
  return node;
}

/** JSON Pointer of something in a node. */
export function pathOf(node: Node, key: Key): string {
  const keys = [key];
  for (
    let at: Node | undefined = node;
    at?.owner !== undefined;
    at = at.owner
  ) keys.push(at.key);
  return pointer(...keys.reverse());
}

const FREE: ReadonlySet<Area> = new Set<Area>(
  ["info", "message", "artifact", "caseArtifact"],
);

function areaOf(area: Area, key: Key): Area {
  switch (area) {
    case "run":
      if (key === "modules") return "modules";
      return key === "artifact" ? "artifact" : "part";
    case "modules":
      return "module";
    case "module":
      if (key === "cases") return "cases";
      return key === "artifact" ? "artifact" : "part";
    case "cases":
      return "case";
    case "case":
      if (key === "artifact") return "caseArtifact";
      return key === "msg" ? "message" : "part";
    case "part":
      return key === "info" || key === "drivers" ? "info" : "part";
    default:
      return area;
  }
}

function isSeries({ value, area }: Node): boolean {
  return area === "caseArtifact" && Array.isArray(value) &&
    value.length >= SHORTEST_SERIES && typeof value[0] === "number";
}
