/**
 * Shows the main job: `sh scripts/deno task demo`. Compiles the program, starts
 * a StandCloud stand-in, and types each command as a person would. Exit code 0
 * when every step did what it should.
 */
import { compiledBinary } from "./compile/compiled_binary.ts";
import { complain, say } from "./compile/say.ts";
import { Stand } from "./demo/stand.ts";
import { steps } from "./demo/steps.ts";
import { startSandbox } from "./sandbox/sandbox.ts";

async function main(): Promise<void> {
  // The stand-in is on this machine; a proxy would not find it.
  Deno.env.set("NO_PROXY", "127.0.0.1");
  say("Compiling the program …");
  const binary = await compiledBinary({ log: say });
  const { size } = await Deno.stat(binary);
  say(`${binary} is up to date (${(size / 1e6).toFixed(1)} MB)`);
  await using sandbox = await startSandbox();
  await using stand = await Stand.build(binary, sandbox);
  for (const step of steps) {
    say(`\n── ${step.title}\n`);
    try {
      await step.show(stand);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      throw new Error(`the step "${step.title}" failed: ${why}`);
    }
  }
  say(`\nThe demo is over: all ${steps.length} steps did what they should.`);
}

await main().catch((error) => {
  complain(error);
  Deno.exitCode = 1;
});
