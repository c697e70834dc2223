import type { TemporaryFolder } from "./temporary_folder.ts";

/** What `openssl s_server` plays. */
export interface OpensslService extends AsyncDisposable {
  readonly address: string;
}

/** A server that speaks TLS in a way that the runtime's own servers do not. */
export async function startOpenssl(
  folder: TemporaryFolder,
  { cert, key, flags }: { cert: string; key: string; flags: string },
): Promise<OpensslService> {
  const certFile = await folder.write("server.pem", cert);
  const keyFile = await folder.write("server.key", key);
  const child = new Deno.Command("openssl", {
    args: [
      ...["s_server", "-accept", "127.0.0.1:0", "-www"],
      ...["-cert", certFile, "-key", keyFile],
      ...flags.split(" "),
    ],
    stdin: "null",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const lines = child.stdout.pipeThrough(new TextDecoderStream());
  let [said, port] = ["", ""];
  const reader = lines.getReader();
  while (port === "") {
    const { value, done } = await reader.read();
    if (done) throw new Error(`openssl ended: ${said}`);
    said += value;
    port = /^ACCEPT \S+:(\d+)$/m.exec(said)?.[1] ?? "";
  }
  reader.releaseLock();
  return {
    address: `127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await lines.cancel();
      await child.status;
    },
  };
}
