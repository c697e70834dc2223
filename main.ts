import { lastWords } from "./src/cli/last_words.ts";
import { run } from "./src/cli/run.ts";
import { lastWrite, onUncaught } from "./src/system/last_guard.ts";
import { processSystem } from "./src/system/system.ts";

const end = (error: unknown): never =>
  Deno.exit(lastWords(error, { args: Deno.args, write: lastWrite }));

onUncaught(end);
// When the command is over so is the process: a read of stdin that waits for
// its next byte cannot be called back, and would keep it.
try {
  Deno.exit(await run(Deno.args, processSystem()));
} catch (error) {
  end(error);
}
