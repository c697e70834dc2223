import { readSource, readSources } from "../architecture/source_file.ts";

/** README and every page for users and maintainers, sorted by path. */
export const pages = [
  await readSource("README.md"),
  await readSource("CONTRIBUTING.md"),
  ...await readSources("docs", (path) => path.endsWith(".md")),
];

/** The text of a page. */
export function pageText(path: string): string {
  const page = pages.find((one) => one.path === path);
  if (page === undefined) throw new Error(`there is no ${path}`);
  return page.text;
}
