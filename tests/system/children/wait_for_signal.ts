import { AppError } from "../../../src/system/app_error.ts";
import { systemClock } from "../../../src/system/clock.ts";
import { interruptSignal } from "../../../src/system/interrupt.ts";
import { say } from "./say.ts";

const signal = interruptSignal(Deno.build.os);
say("ready");
await systemClock.sleep(60_000, signal);
say(signal.reason instanceof AppError ? signal.reason.code : "?");
say(String(signal.reason.exitCode));
await systemClock.sleep(60_000);
