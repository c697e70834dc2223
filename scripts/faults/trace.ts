/** A system call in a trace, that touches a file of the stand or a connection. */
export interface Call {
  /** Number of the thread, in the order in which threads appear. */
  readonly thread: number;
  readonly name: string;
  /** Below the folder of the stand; `*` stands for a random part. Undefined: something else. */
  readonly path: string | undefined;
  /** The number among the calls of this name and thread, from 1. */
  readonly number: number;
  /** The same among those with this path. */
  readonly numberOfPath: number;
  readonly isInjected: boolean;
}

export interface Trace {
  readonly calls: readonly Call[];
  readonly isKilled: boolean;
}

/** What stands for the path of a call that goes to the network. */
export const NETWORK = "network";

const ENTERED = /^(\d+) +(\w+)\((.*)$/;
const RESUMED = /^(\d+) +<\.\.\. (\w+) resumed>(.*)$/;
const KILLED = /\+\+\+ killed by SIGKILL \+\+\+$/m;
const INJECTED = /\(INJECTED\)$/;
const RANDOM = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const CONNECTION = /<TCP(?:v6)?:\[/;

/** Reads what `strace -f -yy` wrote about a process that works below `root`. */
export function parseTrace(text: string, root: string): Trace {
  const calls: (Call & { isInjected: boolean })[] = [];
  const threads = new Map<string, number>();
  const counts = new Map<string, number>();
  const open = new Map<string, Call & { isInjected: boolean }>();
  const count = (key: string) => {
    const next = (counts.get(key) ?? 0) + 1;
    counts.set(key, next);
    return next;
  };
  for (const line of text.split("\n")) {
    const [, id = "", name = "", rest = ""] = ENTERED.exec(line) ?? [];
    if (name !== "") {
      const thread = threads.get(id) ?? threads.size;
      threads.set(id, thread);
      const path = pathIn(name, rest, root);
      const call = {
        thread,
        name,
        path,
        number: count(`${id} ${name}`),
        numberOfPath: count(`${id} ${name} ${path}`),
        isInjected: INJECTED.test(line),
      };
      calls.push(call);
      open.set(id, call);
    } else {
      const [, resumed = ""] = RESUMED.exec(line) ?? [];
      const call = open.get(resumed);
      if (call !== undefined && INJECTED.test(line)) call.isInjected = true;
    }
  }
  return { calls, isKilled: KILLED.test(text) };
}

function pathIn(name: string, rest: string, root: string): string | undefined {
  // What the program writes may hold paths too: the file comes first.
  const at = rest.indexOf(root);
  const isFirst = at !== -1 && !/^\d+<(?!\/)/.test(rest);
  if (isFirst) {
    const path = /^[^">]*/.exec(rest.slice(at + root.length))?.[0] ?? "";
    return path.replaceAll(RANDOM, "*");
  }
  const isConnection = CONNECTION.test(rest) ||
    name === "socket" && rest.startsWith("AF_INET");
  return isConnection ? NETWORK : undefined;
}
