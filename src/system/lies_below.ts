import { sep } from "node:path";

/** Whether a file or folder lies below the folder; both by their whole paths, as text. */
export function liesBelow(path: string, folder: string): boolean {
  return path.startsWith(folder.endsWith(sep) ? folder : folder + sep);
}
