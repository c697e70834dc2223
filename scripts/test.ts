/**
 * Runs all tests: `sh scripts/deno task test [FILE…] [--filter TEXT] …`. Brings
 * what they need up to date first. The last line is `N passed, N failed`.
 */
import { compiledBinary } from "./compile/compiled_binary.ts";
import { complain, say } from "./compile/say.ts";
import { ensureRequirements } from "./test/requirements.ts";
import { runTests } from "./test/run_tests.ts";
import { exitCode, summaryLine } from "./test/summary.ts";

async function prepare(): Promise<void> {
  await ensureRequirements(say);
  await compiledBinary({ log: say });
}

await prepare().catch((error) => {
  complain(error);
  say(summaryLine(null));
  Deno.exit(1);
});
const { code, summary } = await runTests(Deno.args);
say(summaryLine(summary));
Deno.exit(exitCode(code, summary));
