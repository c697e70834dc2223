import { type FactoryFile, gzipped } from "./factory.ts";
import type { Random } from "./random.ts";
import {
  documentOf,
  type Form,
  pythonText,
  type RunFacts,
} from "./run_facts.ts";

/** Where HardPy leaves a run: the report alone, or up to four places. */
export async function storedForms(
  random: Random,
  run: RunFacts,
  name: string,
): Promise<FactoryFile[]> {
  const history = `.hardpy/storage/runstore/${run.start}123.json`;
  const temporary = `.hardpy/storage/tempstore/${name}.json`;
  const record = `old/${name}/storage/runstore/localhost_8000.json`;
  const report = `reports/${name}.json`;
  const kinds: [string, Form][][] = [
    [[report, "report"]],
    [[report, "report"], [history, "history"]],
    [[record, "record"], [temporary, "tempstore"]],
    [[report, "report"], [record, "record"], [history, "history"]],
    [[`${report}.gz`, "report"]],
  ];
  const places = random.one(kinds);
  return await Promise.all(places.map(async ([path, form]) => {
    const text = pythonText(
      documentOf(run, form),
      form === "history" ? undefined : 2,
    );
    const content = path.endsWith(".gz") ? await gzipped(text) : text;
    return { path, content };
  }));
}

/** An answer of CouchDB that holds all of them. */
export function allDocs(runs: readonly RunFacts[]): FactoryFile {
  const rows = runs.map((run, index) => {
    const doc = documentOf(run, "couchdb_report");
    return { id: doc["_id"], key: index, value: { rev: "1-0c2d" }, doc };
  });
  const answer = { "total_rows": rows.length, offset: 0, rows };
  return { path: "exports/all_docs.json", content: pythonText(answer) };
}
