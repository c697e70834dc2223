/** IPPROTO_TCP, TCP_NODELAY */
const option = [6, 1] as const;

/**
 * Turns Nagle's algorithm off for every connection that the listener on this port of 127.0.0.1
 * accepts from now on: Linux hands the option down. `Deno.serve` leaves it on and has no switch,
 * so that an answer in two packets waits 40 ms for an acknowledgement now and then. Only where
 * that is possible: on Linux, with `--allow-ffi`.
 */
export async function setNoDelay(port: number): Promise<void> {
  if (Deno.build.os !== "linux") return;
  const { state } = await Deno.permissions.query({ name: "ffi" });
  if (state !== "granted") return;
  const inode = await inodeOfListener(port);
  const descriptor = await descriptorOf(`socket:[${inode}]`);
  if (descriptor === undefined) return;
  const library = Deno.dlopen("libc.so.6", {
    setsockopt: {
      parameters: ["i32", "i32", "i32", "buffer", "u32"],
      result: "i32",
    },
  });
  const on = new Int32Array([1]);
  library.symbols.setsockopt(descriptor, ...option, on, on.byteLength);
  library.close();
}

/** From the kernel's table: local address in hex, state `0A` (listening), inode. */
async function inodeOfListener(port: number): Promise<string | undefined> {
  const table = await Deno.readTextFile("/proc/net/tcp");
  const address = `0100007F:${
    port.toString(16).toUpperCase().padStart(4, "0")
  }`;
  return table.split("\n").map((line) => line.trim().split(/\s+/))
    .find((fields) => fields[1] === address && fields[3] === "0A")?.[9];
}

async function descriptorOf(link: string): Promise<number | undefined> {
  const folder = "/proc/self/fd";
  for await (const { name } of Deno.readDir(folder)) {
    const target = await Deno.readLink(`${folder}/${name}`).catch(() => "");
    if (target === link) return Number(name);
  }
  return undefined;
}
