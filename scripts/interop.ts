/**
 * Compares our reading of run documents with that of HardPy itself, on mutated
 * documents: `sh scripts/deno task interop [--count N] [--seed N] [--runs N] [--record]`;
 * the bodies that each HardPy posts of N runs with ours; how fast HardPy's
 * loader uploads with how fast our program does; and our report of devices
 * with that of Everypin's SDK.
 * HardPy and the SDK come from PyPI, into .toolchain/interop; `--record` keeps the answers
 * for the test that needs no PyPI.
 */
import { parseArgs } from "node:util";
import {
  mutatedDocuments,
  textOfDocument,
} from "../tests/runs/schema/documents.ts";
import { fail, say } from "./compile/say.ts";
import { bodies } from "./interop/bodies.ts";
import { compare } from "./interop/compare.ts";
import { compareDevices } from "./interop/devices.ts";
import { judge } from "./interop/judge.ts";
import { loaderSpeed } from "./interop/loader_speed.ts";
import { record } from "./interop/record.ts";
import { figures, legend, type Result, unexplained } from "./interop/report.ts";
import { type Version, VERSIONS } from "./interop/versions.ts";

const { values } = parseArgs({
  options: {
    count: { type: "string", default: "3000" },
    seed: { type: "string", default: "1" },
    runs: { type: "string", default: "24" },
    record: { type: "boolean", default: false },
  },
});

const SHOWN = 20;

async function main(): Promise<void> {
  const sample = { count: Number(values.count), seed: Number(values.seed) };
  const documents = mutatedDocuments(sample);
  const texts = documents.map(textOfDocument);
  say(`${documents.length} documents, seed ${sample.seed}`);
  const results: Result[] = [];
  for (const version of VERSIONS) {
    const result = await resultOf(version, texts);
    figures(result).forEach(say);
    results.push(result);
  }
  legend(results).forEach(say);
  const isRecorded = values.record;
  if (isRecorded) await record(documents, results);
  (await bodies(Number(values.runs), { isRecorded })).forEach(say);
  (await loaderSpeed()).forEach(say);
  const devices = await compareDevices(sample.seed, { isRecorded });
  devices.lines.forEach(say);
  const mistakes = results.flatMap((result) =>
    unexplained(result, (index) => JSON.stringify(documents[index]))
  ).concat(devices.mistakes);
  mistakes.slice(0, SHOWN).forEach(say);
  if (mistakes.length > 0) {
    throw new Error(`${mistakes.length} disagreements are unexplained`);
  }
  say("No disagreement is unexplained.");
}

async function resultOf(
  version: Version,
  texts: readonly string[],
): Promise<Result> {
  const answer = await judge(version.hardpy, texts);
  const comparisons = answer.judgements.map((judgement, index) =>
    compare(texts[index] ?? "", version, judgement)
  );
  return { version, answer, comparisons };
}

await main().catch(fail);
