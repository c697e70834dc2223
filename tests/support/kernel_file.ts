/** A file below /proc, which Deno itself gives only to a process with every permission. */
export async function readKernelFile(path: string): Promise<string> {
  const { success, stdout } = await new Deno.Command("cat", { args: [path] })
    .output();
  if (!success) throw new Error(`cannot read ${path}`);
  return new TextDecoder().decode(stdout);
}
