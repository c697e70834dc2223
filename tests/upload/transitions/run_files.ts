import type {
  FileSource,
  LiveSource,
  UploadSource,
} from "../../../src/upload/sources/upload_source.ts";
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
  /** Somebody writes something else to it. */
  replace(text: string): void;
}

export interface FileOptions {
  /** Done when it is read. */
  onRead?(): void;
  /** It can be given once more. */
  readonly isWatched?: boolean;
  /** For how many milliseconds nobody has written to it. Default: an hour. */
  rest?(): number;
}

const HOUR = 3_600_000;

export function textFile(
  name: string,
  text: string,
  { onRead, isWatched = false, rest = () => HOUR }: FileOptions = {},
): RunFile {
  let isThere = true;
  const counts = { reads: 0, agains: 0 };
  let bytes = new TextEncoder().encode(text);
  return {
    kind: "file",
    name,
    isFound: false,
    within: undefined,
    isHardpys: false,
    isTracked: false,
    get reads() {
      return counts.reads;
    },
    get agains() {
      return counts.agains;
    },
    remove: () => void (isThere = false),
    replace: (text) => void (bytes = new TextEncoder().encode(text)),
    readAhead() {},
    async read() {
      await Promise.resolve();
      counts.reads++;
      onRead?.();
      return isThere ? { bytes } : { reason: "No such file" };
    },
    count() {},
    ...(isWatched && { tryAgain: () => void counts.agains++ }),
    isUnchanged: () => Promise.resolve(isThere),
    unchangedFor: () => Promise.resolve(isThere ? rest() : undefined),
  };
}

/** The run in the form in which one of HardPy's places holds it. */
export function runFile(
  form: StoredForm["name"] = "report",
  { changes, ...options }: FileOptions & { readonly changes?: Changes } = {},
): RunFile {
  const name = `/stand/${formOf(form).path}`;
  const isHardpys = form === "record" || form === "history";
  const file = textFile(name, runText(form, changes), options);
  return Object.assign(file, { isHardpys });
}

export function runText(form: StoredForm["name"], changes?: Changes): string {
  return JSON.stringify(formOf(form).document(changes));
}

function formOf(name: StoredForm["name"]): StoredForm {
  const form = STORED_FORMS.find((one) => one.name === name);
  if (form === undefined) throw new Error(`No form ${name}`);
  return form;
}

export type LiveRecord = Omit<RunFile, "kind"> & LiveSource;

/** HardPy's record of its current run, which the next run replaces. */
export function liveRecord(
  options: FileOptions & { readonly changes?: Changes } = {},
): LiveRecord {
  return Object.assign(runFile("record", options), { kind: "live" } as const);
}

/** Gives each source when the promise before it is kept. */
export async function* oneByOne<Source extends UploadSource>(
  first: Source,
  ...others: readonly (readonly [Promise<unknown>, Source])[]
): AsyncGenerator<Source> {
  yield first;
  for (const [before, source] of others) {
    await before;
    yield source;
  }
}

/** What StandCloud would refuse: HardPy fills it when it sends the run itself. */
export const NO_PART_NUMBER: Changes = dutWith({ "part_number": null });
/** StandCloud cannot be asked whether it has the run. */
export const NO_SERIAL_NUMBER: Changes = dutWith({ "serial_number": null });

function dutWith(changes: Changes): Changes {
  const dut = formOf("report").document()["dut"] as Record<string, unknown>;
  return { dut: { ...dut, ...changes } };
}
