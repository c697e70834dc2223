import { AppError } from "./app_error.ts";
import { systemClock } from "./clock.ts";
import { codeOf } from "./error_code.ts";

const PATIENCE_MILLISECONDS = 5000;
const PAUSE_MILLISECONDS = 50;

/** The process, or the machine, may open no more files: no fault of the file. */
export class TooManyOpen extends AppError {
  constructor(path: string, cause: unknown) {
    super(
      "input_unreadable",
      `Cannot open "${path}": too many files are open at once`,
      {
        cause,
        hints: [
          "use a smaller --concurrency, or raise the limit of open files (ulimit -n)",
        ],
      },
    );
    this.name = "TooManyOpen";
  }
}

/**
 * Opens a file or folder; where handles have run out, others give theirs back
 * soon, and it is tried again for a while.
 *
 * @throws `TooManyOpen`
 */
export async function spareHandle<T>(
  path: string,
  open: () => T | Promise<T>,
): Promise<T> {
  const deadline = systemClock.monotonic() + PATIENCE_MILLISECONDS;
  for (;;) {
    try {
      return await open();
    } catch (error) {
      if (!isOutOfHandles(error)) throw error;
      if (systemClock.monotonic() >= deadline) {
        throw new TooManyOpen(path, error);
      }
    }
    await systemClock.sleep(PAUSE_MILLISECONDS);
  }
}

function isOutOfHandles(error: unknown): boolean {
  const code = codeOf(error);
  return code === "EMFILE" || code === "ENFILE";
}
