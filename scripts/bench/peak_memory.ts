export interface PeakMemory extends Disposable {
  /** The largest resident set so far, in bytes; NaN where the kernel does not tell. */
  readonly peakBytes: number;
}

const INTERVAL_MILLISECONDS = 20;

/**
 * Watches a process until it is disposed of. The kernel keeps the maximum (VmHWM, proc(5)), so
 * only what a process does in its very last moments can be missed.
 */
export function watchPeakMemory(pid: number): PeakMemory {
  let peakBytes = NaN;
  const look = () => {
    peakBytes = readPeak(pid) ?? peakBytes;
  };
  look();
  const timer = setInterval(look, INTERVAL_MILLISECONDS);
  return {
    get peakBytes() {
      return peakBytes;
    },
    [Symbol.dispose]: () => clearInterval(timer),
  };
}

function readPeak(pid: number): number | undefined {
  try {
    const status = Deno.readTextFileSync(`/proc/${pid}/status`);
    const kibibytes = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
  } catch {
    return undefined;
  }
}
