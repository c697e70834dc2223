/** What a shell takes as it is. */
const PLAIN = /^[\w./:@+=,][\w./:@+=,-]*$/;
/** What means something between double quotes: to sh, cmd or PowerShell. */
const SPECIAL = /["$`\\!%]/;

/** What no file is: a document of a database, or what came from stdin. */
const NO_FILE = /^(?:[a-z]+:\/\/|-(?::\d+)?$)/;

/** No system has longer paths. */
const PATH_LENGTH = 4096;

/** The command that shows a run, ready to be copied into a shell; undefined where there is none. */
export function showCommand(source: string): string | undefined {
  if (NO_FILE.test(source) || source.length > PATH_LENGTH) return undefined;
  const path = source.startsWith("-") ? `./${source}` : source;
  return `standcloud show ${quoted(path)}`;
}

function quoted(path: string): string {
  if (PLAIN.test(path)) return path;
  return SPECIAL.test(path)
    ? `'${path.replaceAll("'", `'\\''`)}'`
    : `"${path}"`;
}
