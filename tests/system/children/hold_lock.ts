import { systemClock } from "../../../src/system/clock.ts";
import { lockFile } from "../../../src/system/file_lock.ts";
import { say } from "./say.ts";

const [path = ""] = Deno.args;
using _lock = await lockFile(path, { clock: systemClock });
say("locked");
await systemClock.sleep(60_000);
