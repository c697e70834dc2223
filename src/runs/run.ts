import { digestOf } from "./digest.ts";
import type { Slice } from "./json/slices.ts";
import { fieldsOf } from "./rules/values.ts";
import { wireForm } from "./wire_form.ts";

/** A run document as it stands in a file. */
export class Run {
  /** The text that holds it: all of the file. */
  readonly text: string;
  /** Where it stands in the text. */
  readonly slice: Slice;
  /** The same, parsed; for looking at, not for sending: long numbers have lost digits. */
  readonly value: Readonly<Record<string, unknown>>;
  #wire: string | undefined;

  constructor(
    text: string,
    slice: Slice,
    value: Readonly<Record<string, unknown>>,
  ) {
    this.text = text;
    this.slice = slice;
    this.value = value;
  }

  /** Of the DUT; null unless it is a text. */
  get serialNumber(): string | null {
    return this.#textOfDut("serial_number");
  }

  /** Of the DUT; null unless it is a text. */
  get partNumber(): string | null {
    return this.#textOfDut("part_number");
  }

  /** The document as HardPy would send it, every digit kept. */
  wire(): string {
    return this.#wire ??= wireForm(this.text, this.slice, this.value);
  }

  /** The identity of the run's content. */
  digest(): Promise<string> {
    return digestOf(this.wire());
  }

  #textOfDut(key: string): string | null {
    const value = fieldsOf(this.value["dut"])[key];
    return typeof value === "string" ? value : null;
  }
}
