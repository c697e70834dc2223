import { deepStrictEqual as equal, match } from "node:assert/strict";
import { runBinary } from "../support/run_binary.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { selfSigned } from "../system/self_signed.ts";

const DAY = 24 * 3600 * 1000;

/** What `sc-login --check` says to a service whose certificate is given as authority. */
async function check(
  options: { isAuthority?: boolean; isNamed?: boolean },
): Promise<{ code: number; stdout: string; stderr: string }> {
  await using folder = await TemporaryFolder.make();
  const now = Date.now();
  const from = new Date(now - DAY);
  const { cert, key } = await selfSigned(from, new Date(now + DAY), options);
  await using server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {}, cert, key },
    () => Response.json({}),
  );
  const address = `127.0.0.1:${server.addr.port}`;
  return await runBinary(["sc-login", "--check", address], {
    home: folder.path,
    env: {
      STANDCLOUD_API_KEY: "key",
      STANDCLOUD_CA_FILE: await folder.write("server.pem", cert),
    },
  });
}

Deno.test("a service whose own certificate is given with --ca-file is trusted", async () => {
  const { code, stderr } = await check({});
  equal(code, 0, stderr);
});

Deno.test("a service whose certificate is an authority itself is refused with how to make a right one", async () => {
  const { code, stdout, stderr } = await check({ isAuthority: true });
  equal(code, 4);
  match(stdout + stderr, /the server certificate is an authority itself/);
  match(stdout + stderr, /-addext basicConstraints=critical,CA:FALSE/);
});

Deno.test("a service whose certificate names no host is refused with what is missing", async () => {
  const { code, stdout, stderr } = await check({ isNamed: false });
  equal(code, 4);
  match(
    stdout + stderr,
    /the certificate names no host \(it has no subjectAltName\)/,
  );
  match(stdout + stderr, /-addext subjectAltName=/);
});
