/**
 * Runs all tests: `sh scripts/deno task test [FILE…] [--filter TEXT] …`. Brings
 * what they need up to date first. The last line is `N passed, N failed`.
 */
import { compiledBinary } from "./compile/compiled_binary.ts";
import { fromRoot } from "./compile/paths.ts";
import { complain, say } from "./compile/say.ts";
import { ensureRequirements } from "./test/requirements.ts";
import { runTests } from "./test/run_tests.ts";
import { exitCode, summaryLine } from "./test/summary.ts";

/** Tests start the database as a process of its own: it is not among their imports. */
async function cacheDatabase(): Promise<void> {
  const { success } = await new Deno.Command(Deno.execPath(), {
    args: ["cache", "--quiet", "--frozen", "tests/support/pouchdb.ts"],
    cwd: fromRoot("./"),
    stdin: "null",
  }).output();
  if (!success) throw new Error("pouchdb-server cannot be loaded");
}

async function prepare(): Promise<void> {
  await ensureRequirements(say);
  await cacheDatabase();
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
