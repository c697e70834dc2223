import type { KnownContent } from "./canonical_json.ts";
import { digestOf, formerDigestsOf } from "./digest.ts";
import type { Lines } from "./json/lines.ts";
import type { Slice } from "./json/slices.ts";
import { isNeverBegun } from "./never_begun.ts";
import { type BodyOptions, postedBody } from "./posted_body.ts";
import { type Fields, fieldsOf } from "./values.ts";
import { runKeyOf } from "./run_key.ts";
import { type StoredForm, storedFormOf } from "./stored_form.ts";
import { wireForm } from "./wire_form.ts";
import { inWireForm } from "./wire_order.ts";

/** By what a person tells runs apart, and StandCloud's reader API too. */
export interface RunIdentity {
  readonly partNumber: string | null;
  readonly standName: string | null;
  readonly serialNumber: string | null;
  /** Seconds since 1970. */
  readonly startTime: number | null;
  readonly stopTime: number | null;
}

/** What the check of a sound document has found on its way. */
export type Soundness = Pick<KnownContent, "hasLongNumbers">;

export interface RunContent {
  readonly value: Fields;
  readonly pythonNumbers?: readonly number[];
}

/** A run document as it stands in a file. */
export class Run {
  /** Of the text that holds it: all of the file. */
  readonly lines: Lines;
  /** Where it stands in the text. */
  readonly slice: Slice;
  /** The same, parsed; for looking at, not for sending: long numbers have lost digits. */
  readonly value: Fields;
  /** Where numbers stand that JSON does not have: the rules may look at such a run, nobody may send it. */
  readonly pythonNumbers: readonly number[];
  #wire: string | undefined;
  #soundness: Soundness | undefined;
  /** Null: it is not in wire form. */
  #asItIs: string | null | undefined;

  constructor(
    lines: Lines,
    slice: Slice,
    { value, pythonNumbers = [] }: RunContent,
  ) {
    this.lines = lines;
    this.slice = slice;
    this.value = value;
    this.pythonNumbers = pythonNumbers;
  }

  get text(): string {
    return this.lines.text;
  }

  /** Of the DUT; null unless it is a text. */
  get serialNumber(): string | null {
    return textOf(this.value["dut"], "serial_number");
  }

  /** Of the DUT; null unless it is a text. */
  get partNumber(): string | null {
    return textOf(this.value["dut"], "part_number");
  }

  /** `passed`, `failed` and so on; null unless it is a text. */
  get status(): string | null {
    return textOf(this.value, "status");
  }

  /** In which of HardPy's places it was stored. */
  get form(): StoredForm {
    return storedFormOf(this.value);
  }

  /** What all stored forms of the run have in common; undefined if nothing tells it from others. */
  get key(): string | undefined {
    return runKeyOf(this.value);
  }

  get identity(): RunIdentity {
    return {
      partNumber: this.partNumber,
      standName: textOf(this.value["test_stand"], "name"),
      serialNumber: this.serialNumber,
      startTime: secondsOf(this.value["start_time"]),
      stopTime: secondsOf(this.value["stop_time"]),
    };
  }

  /** False for what HardPy writes while it runs, and after a run that was cut off. */
  get isFinished(): boolean {
    const { status, stop_time: stopTime } = this.value;
    // The body of a POST has no `stop_time` at all where it is null.
    return !["run", "ready"].includes(String(status)) ||
      (stopTime ?? null) !== null;
  }

  /** What HardPy leaves of a start that it refused: no run took place. */
  get isRefusedStart(): boolean {
    return this.value["status"] === "failed" && isNeverBegun(this.value);
  }

  /** What HardPy writes when it collects the tests, before any run. */
  get isCollection(): boolean {
    return this.value["status"] === "ready" && isNeverBegun(this.value);
  }

  /** Told by who has checked it: HardPy's schema takes it, and no key stands twice. */
  markSound(soundness: Soundness): void {
    this.#soundness = soundness;
  }

  /** The document as HardPy's model dumps it, every digit kept. */
  wire(): string {
    return this.#inWireForm() ??
      (this.#wire ??= wireForm(this.text, this.slice, this.value));
  }

  /** The document letter by letter. */
  asItStands(): string {
    return this.text.slice(this.slice.start, this.slice.end);
  }

  /** The document as it is sent. */
  body(options: Pick<BodyOptions, "fillUnknown">): string {
    const content = this.#contentOfWire();
    const keys = content && Object.keys(content.value);
    return postedBody(this.wire(), { ...options, keys });
  }

  /** The identity of the run's content. */
  digest(): string {
    return digestOf(this.wire(), this.#contentOfWire());
  }

  /** The same in a ledger of version 4 or less; the first is of the document as it is. */
  formerDigests(): string[] {
    return formerDigestsOf(this.wire(), this.#contentOfWire());
  }

  #contentOfWire(): KnownContent | undefined {
    return this.#soundness && this.#inWireForm() !== undefined
      ? { value: this.value, ...this.#soundness }
      : undefined;
  }

  /** Most reports are: there is next to nothing to do for them. */
  #inWireForm(): string | undefined {
    if (this.#soundness === undefined) return undefined;
    this.#asItIs ??= inWireForm(this.text, this.slice, this.value) ?? null;
    return this.#asItIs ?? undefined;
  }
}

function textOf(object: unknown, key: string): string | null {
  const value = fieldsOf(object)[key];
  return typeof value === "string" ? value : null;
}

/** HardPy also takes a whole number that is written as a text. */
function secondsOf(value: unknown): number | null {
  const number = typeof value === "string" ? Number(value) : value;
  return Number.isInteger(number) ? number as number : null;
}
