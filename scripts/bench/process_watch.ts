export interface ProcessWatch extends Disposable {
  /** The largest resident set so far, in bytes; NaN where the kernel does not tell. */
  readonly peakBytes: number;
  /** Time of the processor so far, in the program and in the system for it; NaN likewise. */
  readonly cpuSeconds: number;
}

const INTERVAL_MILLISECONDS = 20;

/**
 * Watches a process until it is disposed of. The kernel keeps both numbers (VmHWM of
 * /proc/PID/status, utime and stime of /proc/PID/stat; proc(5)), so only what a process does in
 * its very last moments can be missed.
 */
export function watchProcess(pid: number): ProcessWatch {
  let [peakBytes, cpuSeconds] = [NaN, NaN];
  const look = () => {
    peakBytes = readPeak(pid) ?? peakBytes;
    cpuSeconds = readCpu(pid) ?? cpuSeconds;
  };
  look();
  const timer = setInterval(look, INTERVAL_MILLISECONDS);
  return {
    get peakBytes() {
      return peakBytes;
    },
    get cpuSeconds() {
      return cpuSeconds;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function readPeak(pid: number): number | undefined {
  const status = readProc(pid, "status");
  const kibibytes = status && /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes ? Number(kibibytes) * 1024 : undefined;
}

/** USER_HZ, the same on all systems that run Deno. */
const TICKS_PER_SECOND = 100;

function readCpu(pid: number): number | undefined {
  // The second field, the name, may hold spaces; the 14th and 15th are the times.
  const [, fields] = readProc(pid, "stat")?.split(/\) (?=[^)]*$)/) ?? [];
  const [user, system] = fields?.split(" ").slice(11, 13).map(Number) ?? [];
  return user === undefined || system === undefined
    ? undefined
    : (user + system) / TICKS_PER_SECOND;
}

function readProc(pid: number, name: string): string | undefined {
  try {
    return Deno.readTextFileSync(`/proc/${pid}/${name}`);
  } catch {
    return undefined;
  }
}
