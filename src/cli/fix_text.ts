/** The fix of a finding as an instruction to the author of the test plan. */
export function fixText(fix: string): string {
  if (/^hardpy\.[A-Z]\w+\(/.test(fix)) return `in the test plan: ${fix}`;
  if (/^hardpy\.\w+$/.test(fix)) return `call ${fix}() in the test plan`;
  return /^pytest\.mark\.\w+$/.test(fix)
    ? `add the marker @${fix}("…") in the test plan`
    : fix;
}

/** A path as a shell takes it. */
export function quotedPath(path: string): string {
  return /^[\w./:@+,=~-]+$/.test(path) ? path : `"${path}"`;
}
