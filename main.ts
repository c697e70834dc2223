import { run } from "./src/cli/run.ts";
import { processSystem } from "./src/system/system.ts";

Deno.exitCode = await run(Deno.args, processSystem());
