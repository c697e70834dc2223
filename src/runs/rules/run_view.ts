import { hasUniqueKeys } from "../json/duplicate_keys.ts";
import { pointer } from "../json/pointer.ts";
import type { Run } from "../run.ts";
import { checkSchema } from "../schema/check_schema.ts";
import { type Generation, generationOf } from "../model/generation.ts";
import type { SchemaProblem } from "../schema/problem.ts";
import { keysLeftOut } from "../stored_form.ts";
import { brokenIds } from "./broken_ids.ts";
import { type Census, takeCensus } from "./census.ts";
import { elementsOf, type Fields, fieldsOf } from "../values.ts";

type Key = string | number;

/** An object of the document that knows where it stands. */
export class Part {
  readonly fields: Fields;
  readonly #owner: Part | undefined;
  readonly #keys: readonly Key[];

  constructor(value: unknown, owner?: Part, ...keys: readonly Key[]) {
    this.fields = fieldsOf(value);
    this.#owner = owner;
    this.#keys = keys;
  }

  /** JSON Pointer of the part, or of something in it. */
  path(...keys: readonly Key[]): string {
    return (this.#owner?.path() ?? "") + pointer(...this.#keys, ...keys);
  }

  /** The objects of a list among the fields. */
  list(key: string): Part[] {
    return elementsOf(this.fields[key])
      .map((element, index) => new Part(element, this, key, index));
  }
}

/** A module or a case: both have a key in the test plan and a name for people. */
export class NamedPart extends Part {
  readonly key: string;

  constructor(value: unknown, owner: Part, ...keys: readonly [Key, string]) {
    super(value, owner, ...keys);
    this.key = keys[1];
  }

  /** What people see of it. */
  get name(): string {
    const { name } = this.fields;
    return typeof name === "string" && name.trim() !== "" ? name : this.key;
  }

  get status(): unknown {
    return this.fields["status"];
  }
}

export class CaseView extends NamedPart {
  readonly module: ModuleView;
  readonly measurements: readonly Part[];

  constructor(value: unknown, module: ModuleView, key: string) {
    super(value, module, "cases", key);
    this.module = module;
    this.measurements = this.list("measurements");
  }

  /** What HardPy calls it in `caused_dut_failure_id`. */
  get id(): string {
    return `${this.module.key}::${this.key}`;
  }
}

export class ModuleView extends NamedPart {
  readonly cases: readonly CaseView[];

  constructor(value: unknown, run: Part, key: string) {
    super(value, run, "modules", key);
    this.cases = Object.entries(fieldsOf(this.fields["cases"]))
      .map(([key, value]) => new CaseView(value, this, key));
  }
}

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

const MEBI = 1024 * 1024;
/** StandCloud publishes none; these are far beyond what a run without raw data has. */
const LIMITS: SizeLimits = { document: 8 * MEBI, artifact: MEBI };

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

  constructor(run: Run, { now, limits = LIMITS }: CheckOptions = {}) {
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
