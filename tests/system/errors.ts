import assert from "node:assert/strict";
import { AppError, type ErrorCode } from "../../src/system/app_error.ts";

/** A check for `assert.throws` and `assert.rejects`: this code, and a message that fits. */
export function appError(
  code: ErrorCode,
  message: RegExp = /./,
): (error: unknown) => true {
  return (error) => {
    assert.ok(error instanceof AppError, `no AppError: ${error}`);
    assert.equal(error.code, code, error.message);
    assert.match(error.message, message);
    return true;
  };
}
