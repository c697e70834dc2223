import { signIn, type SignInResult } from "../../scripts/sandbox/sign_in.ts";
import type { Sandbox } from "../../scripts/sandbox/types.ts";
import { runProgram } from "./run_program.ts";
import {
  authorizationUrl,
  type ProgramResult,
  type RunningProgram,
} from "./running_program.ts";

/** Does in the sandbox what a person would do with the URL that a login prints. */
export async function finishLogin(
  program: RunningProgram,
  sandbox: Sandbox,
  decision: "accept" | "deny" = "accept",
): Promise<{ page: SignInResult; result: ProgramResult }> {
  const url = await authorizationUrl(program);
  const page = await signIn(url, { caPem: sandbox.caPem, decision });
  return { page, result: await program.result };
}

/** Logs a stand in to the sandbox; for tests about what comes after. */
export async function logIn(sandbox: Sandbox, home: string): Promise<void> {
  const { caPem, caFile, address } = sandbox;
  const pages: Promise<SignInResult>[] = [];
  const { code, stderr } = await runProgram(["sc-login", address], {
    home,
    env: { STANDCLOUD_CA_FILE: caFile },
    browser: (url) => {
      pages.push(signIn(url.href, { caPem, decision: "accept" }));
    },
  });
  await Promise.all(pages);
  if (code !== 0) throw new Error(`The login failed: ${stderr}`);
}

/** The environment of a stand that works with the sandbox. */
export function standOf(
  { address, caFile }: Pick<Sandbox, "address" | "caFile">,
): { STANDCLOUD_ADDRESS: string; STANDCLOUD_CA_FILE: string } {
  return { STANDCLOUD_ADDRESS: address, STANDCLOUD_CA_FILE: caFile };
}
