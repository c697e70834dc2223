import { fromRoot } from "../compile/paths.ts";
import { pythonWith, run } from "./environment.ts";

/** What one HardPy says of one document. */
export interface Judgement {
  /** Null where Python itself cannot read it. */
  readonly accepted: boolean | null;
  /** Places and pydantic's words for what is wrong there. */
  readonly why: readonly string[];
  /** What it would send; null where it cannot. */
  readonly wire: string | null;
}

export interface Answer {
  readonly pydantic: string;
  readonly judgements: readonly Judgement[];
}

/** @param documents JSON texts without line breaks. */
export async function judge(
  hardpy: string,
  documents: readonly string[],
): Promise<Answer> {
  const python = await pythonWith(hardpy);
  const script = fromRoot("scripts/interop/judge.py");
  const input = `${documents.join("\n")}\n`;
  const output = await run(python, [script], { input });
  const lines = output.trimEnd().split("\n").map((line) => JSON.parse(line));
  const [first, ...judgements] = lines;
  if (judgements.length !== documents.length) {
    throw new Error(
      `HardPy ${hardpy} judged ${judgements.length} of ${documents.length} documents`,
    );
  }
  return {
    pydantic: first.pydantic,
    judgements: judgements.map(({ accepted, why = [], wire = null }) => ({
      accepted,
      why,
      wire,
    })),
  };
}
