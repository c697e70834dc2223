import { isStdin } from "../../system/terminal.ts";
import { parseAddress } from "../../standcloud/address.ts";
import type { Login } from "../../tokens/login.ts";
import { takeOver } from "../../tokens/take_over.ts";
import type { CommonFlags } from "../flags.ts";
import { type CommandInput, openStore } from "../session.ts";

/** Far above any login. */
const SIZE_LIMIT = 64 * 1024;

/** `sc-login --from FILE`: needs no network. */
export async function takeOverFile(
  input: CommandInput<CommonFlags>,
  { path, address }: { path: string; address: string | undefined },
): Promise<Login> {
  const { system } = input;
  const content = isStdin(path)
    ? await system.terminal.readStdin(SIZE_LIMIT)
    : await system.inputFiles.read(path, SIZE_LIMIT);
  return await takeOver(system, content, {
    ...await openStore(input),
    name: path,
    address: address && parseAddress(address).text,
  });
}
