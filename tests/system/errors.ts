import assert from "node:assert/strict";
import { AppError, type ErrorCode } from "../../src/system/app_error.ts";

/** A check for `assert.throws` and `assert.rejects`: this code, and a message and hints that fit. */
export function appError(
  code: ErrorCode,
  message: RegExp = /./,
  hints = /(?:)/,
): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof AppError, `no AppError: ${error}`);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    assert.match(error.hints.join("\n"), hints);
    return true;
  };
}
