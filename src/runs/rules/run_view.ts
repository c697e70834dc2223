import { hasUniqueKeys } from "../json/duplicate_keys.ts";
import type { Run } from "../run.ts";
import { checkSchema } from "../schema/check_schema.ts";
import { type Generation, generationOf } from "../model/generation.ts";
import type { SchemaProblem } from "../schema/problem.ts";
import { keysLeftOut } from "../stored_form.ts";
import { brokenIds } from "./broken_ids.ts";
import { type Census, takeCensus } from "./census.ts";
import { type CaseView, ModuleView, Part } from "./parts.ts";
import { fieldsOf } from "../values.ts";
import { MEBI } from "./size_of.ts";

export interface CheckOptions {
  /** Without it nothing counts as being in the future. */
  readonly now?: Date;
  /** Sizes in characters of JSON above which the service is at risk. */
  readonly limits?: SizeLimits;
}

export interface SizeLimits {
  readonly document: number;
  readonly artifact: number;
}

/** StandCloud publishes none; these are far beyond what a run without raw data has. */
const DEFAULT_LIMITS: SizeLimits = { document: 8 * MEBI, artifact: MEBI };

/**
 * A run as the rules see it, built once for all of them. Whatever is missing
 * or of another type reads as empty: what the schema says of it is enough.
 */
export class RunView extends Part {
  readonly run: Run;
  readonly generation: Generation;
  readonly isEarly: boolean;
  readonly now: Date | undefined;
  readonly limits: SizeLimits;
  readonly testStand: Part;
  readonly dut: Part;
  readonly process: Part;
  readonly modules: readonly ModuleView[];
  readonly cases: readonly CaseView[];
  #census: Census | undefined;
  #hasUniqueKeys: boolean | undefined;
  #schemaProblems: readonly SchemaProblem[] | undefined;
  #brokenIds: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(run: Run, { now, limits = DEFAULT_LIMITS }: CheckOptions = {}) {
    super(run.value);
    this.run = run;
    this.generation = generationOf(run.value);
    this.isEarly = this.generation === "A" || this.generation === "B";
    this.now = now;
    this.limits = limits;
    this.testStand = new Part(this.fields["test_stand"], this, "test_stand");
    this.dut = new Part(this.fields["dut"], this, "dut");
    this.process = new Part(this.fields["process"], this, "process");
    this.modules = Object.entries(fieldsOf(this.fields["modules"]))
      .map(([key, value]) => new ModuleView(value, this, key));
    this.cases = this.modules.flatMap(({ cases }) => cases);
  }

  /** What one look at every value found. */
  get census(): Census {
    return this.#census ??= takeCensus(this.run.value);
  }

  /** Surely no object has a key twice. */
  get hasUniqueKeys(): boolean {
    const { text, slice } = this.run;
    return this.#hasUniqueKeys ??= hasUniqueKeys(
      text,
      slice,
      this.census.keys,
    );
  }

  /** Where the document departs from HardPy's own model, but for what its form lacks by nature. */
  get schemaProblems(): readonly SchemaProblem[] {
    return this.#schemaProblems ??= this.#checkSchema();
  }

  #checkSchema(): readonly SchemaProblem[] {
    const { value } = this.run;
    const leftOut = keysLeftOut(value);
    return checkSchema(value, this.generation)
      .filter(({ kind, path }) =>
        kind !== "missing" || !leftOut.includes(path)
      );
  }

  /** Cases that HardPy's storage broke, by their path: the ids that the tests had. */
  get brokenIds(): ReadonlyMap<string, readonly string[]> {
    return this.#brokenIds ??= brokenIds(this.modules);
  }
}
