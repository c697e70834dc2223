import type { FileSource } from "../../../src/upload/sources/upload_source.ts";
import {
  type Changes,
  STORED_FORMS,
  type StoredForm,
} from "../../support/stored_forms.ts";

/** A file that nobody has written to for an hour. */
export interface RunFile extends FileSource {
  /** How often it was read. */
  readonly reads: number;
  /** How often it is to be given once more. */
  readonly agains: number;
  /** Somebody takes it away. */
  remove(): void;
}

export interface FileOptions {
  /** Done when it is read. */
  onRead?(): void;
}

const HOUR = 3_600_000;

export function textFile(
  name: string,
  text: string,
  { onRead }: FileOptions = {},
): RunFile {
  let isThere = true;
  const counts = { reads: 0, agains: 0 };
  const bytes = new TextEncoder().encode(text);
  return {
    kind: "file",
    name,
    isFound: false,
    isHardpys: false,
    get reads() {
      return counts.reads;
    },
    get agains() {
      return counts.agains;
    },
    remove: () => void (isThere = false),
    readAhead() {},
    async read() {
      await Promise.resolve();
      counts.reads++;
      onRead?.();
      return isThere ? { bytes } : { reason: "No such file" };
    },
    count() {},
    tryAgain: () => void counts.agains++,
    isUnchanged: () => Promise.resolve(isThere),
    unchangedFor: () => Promise.resolve(isThere ? HOUR : undefined),
  };
}

/** The run in the form in which one of HardPy's places holds it. */
export function runFile(
  form: StoredForm["name"] = "report",
  { changes, ...options }: FileOptions & { readonly changes?: Changes } = {},
): RunFile {
  const stored = STORED_FORMS.find(({ name }) => name === form);
  if (stored === undefined) throw new Error(`No form ${form}`);
  const text = JSON.stringify(stored.document(changes));
  return textFile(`/stand/${stored.path}`, text, options);
}

/** What StandCloud would refuse: HardPy fills it when it sends the run itself. */
export const NO_PART_NUMBER: Changes = {
  dut: { ...dutOf(), "part_number": null },
};

function dutOf(): Record<string, unknown> {
  const report = STORED_FORMS.find(({ name }) => name === "report");
  return report?.document()["dut"] as Record<string, unknown>;
}
