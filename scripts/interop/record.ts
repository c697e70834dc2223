import { fingerprint } from "../../tests/runs/schema/canonical.ts";
import type { MutatedDocument } from "../../tests/runs/schema/documents.ts";
import type { RecordedDocument } from "../../tests/runs/schema/recorded.ts";
import { fromRoot } from "../compile/paths.ts";
import type { Result } from "./report.ts";

/** Writes what each HardPy said into the test data, a line for each document. */
export async function record(
  documents: readonly MutatedDocument[],
  results: readonly Result[],
): Promise<void> {
  const lines = await Promise.all(documents.map(async (document, index) => {
    const recorded: RecordedDocument = {
      ...document,
      accepted: results
        .filter(({ answer }) => answer.judgements[index]?.accepted)
        .map(({ version }) => version.hardpy),
      ...namedIn(results, index),
      ...await wireIn(results, index),
    };
    return JSON.stringify(recorded);
  }));
  const file = fromRoot("tests/testdata/schema/recorded.jsonl");
  await Deno.writeTextFile(file, `${lines.join("\n")}\n`);
}

function namedIn(
  results: readonly Result[],
  index: number,
): Pick<RecordedDocument, "named"> {
  const named = results.flatMap(({ version, comparisons }) => {
    const verdict = comparisons[index]?.verdict;
    return verdict?.kind === "named"
      ? [[version.hardpy, verdict.names.join()] as const]
      : [];
  });
  return named.length === 0 ? {} : { named: Object.fromEntries(named) };
}

/** Only of a document that we mean to send as HardPy does. */
async function wireIn(
  results: readonly Result[],
  index: number,
): Promise<Pick<RecordedDocument, "wire">> {
  const sent = results.flatMap(({ answer, comparisons }) => {
    const wire = answer.judgements[index]?.wire ?? null;
    const finding = comparisons[index]?.wire;
    return wire !== null && finding?.kind === "same" ? [wire] : [];
  });
  const prints = new Set<string>();
  for (const wire of sent) prints.add(await fingerprint(wire));
  const [wire, ...others] = prints;
  if (wire === undefined) return {};
  if (others.length > 0) {
    throw new Error(`Document ${index} is sent in two ways`);
  }
  return { wire };
}
