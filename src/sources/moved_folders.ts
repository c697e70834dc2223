/** Folders beside the files, for what StandCloud took and what it refused. */
export const MOVED_FOLDERS = { uploaded: "uploaded", rejected: "rejected" };

/** How the name of an answer beside a refused file ends. */
export const ANSWER = ".error.json";

/** The path at which a refused file was before it was moved; else its own. */
export function beforeItWasMoved(path: string): string {
  return path.replace(/[\\/]rejected([\\/][^\\/]+)$/, "$1");
}
