import { join } from "node:path";

/** What a signature is for: one made for another purpose does not pass as ours. */
export const NAMESPACE = "standcloud-release";

/**
 * Writes `NAME.sig` beside each file, with an SSH key and OpenSSH's own tool:
 * `ssh-keygen -Y verify` checks them without a network.
 */
export async function signFiles(
  folder: string,
  { names, keyFile }: { names: readonly string[]; keyFile: string },
): Promise<void> {
  for (const name of names) {
    const path = join(folder, name);
    // The tool asks before it replaces an old one.
    await Deno.remove(`${path}.sig`).catch(() => {});
    const { success, stderr } = await new Deno.Command("ssh-keygen", {
      args: ["-Y", "sign", "-q", "-f", keyFile, "-n", NAMESPACE, path],
      stdin: "inherit",
      stderr: "piped",
    }).output();
    if (!success) {
      const why = new TextDecoder().decode(stderr).trim();
      throw new Error(`ssh-keygen cannot sign ${name}: ${why}`);
    }
  }
}
