import type { Ended } from "./program.ts";

/** What the program promises, whatever the disk and the system do. */
export const PROMISES = {
  lost: "runs lost",
  doubled: "runs doubled without a word",
  login: "logins lost",
  unreadable: "files unreadable or left behind",
  blames: "messages that blame the program or a run",
  hangs: "commands that did not end",
} as const;

export type PromiseKind = keyof typeof PROMISES;

/** What no program can keep: it is told, and counted apart. */
export const LIMITS = {
  unsaved:
    "logins ended, and told as such: StandCloud's answer had reached no disk",
} as const;

/** A promise that was broken, or a limit that was met, and how it showed. */
export interface Broken {
  readonly kind: PromiseKind | keyof typeof LIMITS;
  readonly text: string;
}

export function isBroken({ kind }: Broken): boolean {
  return kind in PROMISES;
}

/** Words of the runtime, and of the program about itself. */
const RAW =
  /fault of standcloud|Unexpected:|\(os error|panicked|thread '|Uncaught|^ +at .+:\d+|backtrace|undefined|\[object/m;

/** A disk that fails ends no command with these: 1 is for faults of the program, 5 for bad runs. */
const BLAMING_CODES = [1, 5];

/** What a command says wrongly of a fault that was none of its own. */
export function blame({ code, stdout, stderr, hangs }: Ended): Broken[] {
  const text = `${stdout}${stderr}`;
  if (hangs) return [{ kind: "hangs", text }];
  const isInvalid = /^invalid\b|"outcome":"invalid"/m.test(text);
  const isBlaming = RAW.test(text) || BLAMING_CODES.includes(code) || isInvalid;
  return isBlaming ? [{ kind: "blames", text: `exit ${code}: ${text}` }] : [];
}

/** What is wrong with a command that has to work now. */
export function unlessDone(ended: Ended, kind: PromiseKind): Broken[] {
  const { code, stdout, stderr } = ended;
  const broken = blame(ended);
  if (broken.length > 0 || code === 0) return broken;
  return [{ kind, text: `exit ${code}: ${stdout}${stderr}` }];
}
