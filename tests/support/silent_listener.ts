/**
 * An address that drops what comes, as a machine that is switched off does: its
 * queue is full, and nobody takes the connections out of it. (Linux)
 */
export async function openSilentListener(
  hostname: string,
  port: number,
): Promise<Disposable> {
  const listener = Deno.listen({ hostname, port });
  const queued: Deno.Conn[] = [];
  while (true) {
    const late = AbortSignal.timeout(300);
    try {
      queued.push(await Deno.connect({ hostname, port, signal: late }));
    } catch (error) {
      if (!late.aborted) throw error;
      break;
    }
  }
  return {
    [Symbol.dispose]() {
      for (const connection of queued) connection.close();
      listener.close();
    },
  };
}
