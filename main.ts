import { run } from "./src/cli/run.ts";
import { processSystem } from "./src/system/system.ts";

// When the command is over so is the process: a read of stdin that waits for
// its next byte cannot be called back, and would keep it.
Deno.exit(await run(Deno.args, processSystem()));
