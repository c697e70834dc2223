/** What a shell takes as it is. */
const PLAIN = /^[\w./:@%+=,][\w./:@%+=,-]*$/;
/** What means something between double quotes: to sh, cmd or PowerShell. */
const SPECIAL = /["$`\\!%]/;

/** The command that shows a run, ready to be copied into a shell. */
export function showCommand(source: string): string {
  const path = source.startsWith("-") && source !== "-"
    ? `./${source}`
    : source;
  return `standcloud show ${quoted(path)}`;
}

function quoted(path: string): string {
  if (PLAIN.test(path)) return path;
  return SPECIAL.test(path)
    ? `'${path.replaceAll("'", `'\\''`)}'`
    : `"${path}"`;
}
