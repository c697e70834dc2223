import type { KeptLogin } from "../../login/keep_login.ts";
import { type Proof, proveLogin } from "../../login/prove_login.ts";
import { revokeLogin } from "../../login/revoke_login.ts";
import { isStdin } from "../../system/terminal.ts";
import { parseAddress } from "../../standcloud/address.ts";
import type { Login } from "../../tokens/login.ts";
import { takeOver } from "../../tokens/take_over.ts";
import type { CommonFlags } from "../flags.ts";
import type { CommandInput } from "../command_input.ts";

/** Far above any login. */
const SIZE_LIMIT = 64 * 1024;

/** `sc-login --from FILE`: without a network the login is stored untested. */
export async function takeOverFile(
  input: CommandInput<CommonFlags>,
  { path, address }: { path: string; address: string | undefined },
): Promise<KeptLogin> {
  const { system } = input;
  let unasked: string | undefined;
  const content = isStdin(path)
    ? await system.terminal.readStdin(SIZE_LIMIT)
    : await system.inputFiles.read(path, SIZE_LIMIT);
  const taken = await takeOver(system, content, {
    ...await (await input.stand()).logins(),
    name: path,
    address: address && parseAddress(address).text,
    prove: async (given) => {
      const proof = await prove(input, given);
      if (proof.kind === "unasked") unasked = proof.reason;
      return proof.login;
    },
  });
  return { ...taken, unasked };
}

/** @throws why StandCloud does not accept the login. */
async function prove(
  input: CommandInput<CommonFlags>,
  given: Login,
): Promise<Exclude<Proof, { kind: "refused" }>> {
  const { system } = input;
  const stand = await input.stand();
  const session = await stand.session(given.address);
  const proof = await proveLogin(session.service, given, { system });
  if (proof.kind !== "refused") return proof;
  const { login, error } = proof;
  // The file still holds the login that was given; a renewed one is nowhere.
  if (login !== given && login.flow !== "api-key") {
    const { clock, interrupted: signal } = system;
    await revokeLogin(session.service, login, { clock, signal }).catch(
      () => {},
    );
  }
  throw error;
}
