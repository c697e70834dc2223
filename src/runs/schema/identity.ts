/** What is wrong with the set of these names. */
export interface IdentityProblem {
  readonly key: string;
  readonly kind: "missing" | "unknown-key";
}

/**
 * The storage's revision and key are both required, under either name. A report
 * that waits in the tempstore has `rev` and `_rev`, but none has `id` and `_id`.
 */
export function identityProblems(run: object): IdentityProblem[] {
  const has = (key: string) => Object.hasOwn(run, key);
  const problems: IdentityProblem[] = [];
  if (!has("rev") && !has("_rev")) {
    problems.push({ key: has("id") ? "rev" : "_rev", kind: "missing" });
  }
  if (!has("id") && !has("_id")) {
    const isWire = has("rev") && !has("_rev");
    problems.push({ key: isWire ? "id" : "_id", kind: "missing" });
  }
  if (has("id") && has("_id")) {
    problems.push({ key: "id", kind: "unknown-key" });
  }
  return problems;
}
