import {
  deepStrictEqual as equal,
  match,
  ok,
  rejects,
} from "node:assert/strict";
import { compiledBinary } from "../../scripts/compile/compiled_binary.ts";
import { loginContent, loginPath, writeLogin } from "../support/login_file.ts";
import { runBinary } from "../support/run_binary.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const encoder = new TextEncoder();

/** A service that plays with whoever asks, connection by connection. */
function startTease(
  answer: (connection: Deno.Conn, head: string) => Promise<void>,
): { address: string } & AsyncDisposable {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const open = new Set<Deno.Conn>();
  const played: Promise<void>[] = [];
  const taken = (async () => {
    for await (const connection of listener) {
      open.add(connection);
      played.push(
        (async () => {
          const bytes = new Uint8Array(4096);
          while (true) {
            const count = await connection.read(bytes);
            if (count === null) return;
            const head = new TextDecoder().decode(bytes.subarray(0, count));
            await answer(connection, head);
          }
        })().catch(() => {}),
      );
    }
  })();
  return {
    address: `http://127.0.0.1:${listener.addr.port}`,
    async [Symbol.asyncDispose]() {
      listener.close();
      await taken;
      for (const connection of open) connection.close();
      await Promise.all(played);
    },
  };
}

const MISSING = "HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n";

/** Sends the text again and again, a moment apart, for as long as it is taken. */
async function drip(connection: Deno.Conn, text: string): Promise<void> {
  while (true) {
    await connection.write(encoder.encode(text));
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const teases: [
  name: string,
  answer: (connection: Deno.Conn, head: string) => Promise<void>,
][] = [
  ["never answers", async () => {}],
  ["sends a head that never ends", async (connection) => {
    await connection.write(encoder.encode("HTTP/1.1 200 OK\r\n"));
    await drip(connection, "x-more: 1\r\n");
  }],
  ["sends a body that never ends", async (connection) => {
    const head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n{";
    await connection.write(encoder.encode(head));
    await drip(connection, " ");
  }],
  ["redirects without end", async (connection) => {
    const answer = "HTTP/1.1 302 Found\r\nlocation: /auth\r\n" +
      "content-length: 0\r\n\r\n";
    await connection.write(encoder.encode(answer));
  }],
  ["answers to the metadata, and never to a revocation", async (
    connection,
    head,
  ) => {
    if (head.startsWith("GET ")) {
      await connection.write(encoder.encode(MISSING));
    }
  }],
  ["is out of order at each revocation, 4 s late", async (
    connection,
    head,
  ) => {
    if (head.startsWith("GET ")) {
      return void await connection.write(encoder.encode(MISSING));
    }
    await new Promise((resolve) => setTimeout(resolve, 4000));
    const answer = "HTTP/1.1 503 No\r\ncontent-length: 0\r\n\r\n";
    await connection.write(encoder.encode(answer));
  }],
];

for (const [name, answer] of teases) {
  Deno.test(`sc-logout ends within 15 s, and deletes the login, when the server ${name} (duty 60)`, async () => {
    await using folder = await TemporaryFolder.make();
    await using service = startTease(answer);
    const { address } = service;
    await writeLogin(folder.path, address, loginContent(address));
    await compiledBinary();
    const before = performance.now();
    const result = await runBinary(["sc-logout", "--json", address], {
      home: folder.path,
    });
    ok(performance.now() - before < 15_000);
    equal(result.code, 0);
    match(result.stdout, /"revoked":"unknown"/);
    match(result.stderr, /not ended at the server/);
    await rejects(Deno.stat(loginPath(folder.path, address)));
  });
}
