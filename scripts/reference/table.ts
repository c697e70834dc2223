/** The head of a table, and its rows. */
export type Rows = readonly (readonly string[])[];

/** A table in Markdown. Its columns are not aligned: the formatter does that. */
export function tableText([head = [], ...rows]: Rows): string {
  const rule = head.map(() => "---");
  return [head, rule, ...rows].map(rowText).join("\n");
}

function rowText(cells: readonly string[]): string {
  const safe = cells.map((cell) => cell.replaceAll("|", "\\|"));
  return `| ${safe.join(" | ")} |`;
}
