import { type Key, pointer } from "../json/pointer.ts";
import { elementsOf, type Fields, fieldsOf } from "../values.ts";

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
