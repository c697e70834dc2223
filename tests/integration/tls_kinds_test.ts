import { deepStrictEqual as equal, match } from "node:assert/strict";
import { runBinary } from "../support/run_binary.ts";
import { startOpenssl } from "../support/openssl_service.ts";
import { runFile } from "../support/runs.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";
import { selfSigned } from "../system/self_signed.ts";

interface Kind {
  readonly name: string;
  /** Of `openssl s_server`, which is trusted. */
  readonly flags?: string;
  readonly certificate?: Parameters<typeof selfSigned>[2];
  /** What the server says as soon as something has come, instead of TLS. */
  readonly plain?: string;
  readonly message: RegExp;
  readonly hint: RegExp;
}

const CLIENT: Pick<Kind, "message" | "hint"> = {
  message: /the server wants a certificate of this stand/,
  hint: /this program has none to show/,
};
const OLD: Pick<Kind, "message" | "hint"> = {
  message: /the server speaks only TLS 1\.1 or older/,
  hint: /needs TLS 1\.2 or 1\.3/,
};

const kinds: Kind[] = [
  {
    name: "that is an authority itself",
    certificate: { isAuthority: true },
    message: /the server certificate is an authority itself/,
    hint: /basicConstraints=critical,CA:FALSE/,
  },
  {
    name: "whose certificate names no host",
    certificate: { isNamed: false },
    message: /the certificate names no host \(it has no subjectAltName\)/,
    hint: /-addext subjectAltName=DNS:NAME/,
  },
  {
    name: "that wants a client certificate (TLS 1.2)",
    flags: "-Verify 1 -tls1_2",
    ...CLIENT,
  },
  {
    name: "that wants a client certificate (TLS 1.3)",
    flags: "-Verify 1 -tls1_3",
    ...CLIENT,
  },
  {
    name: "that knows TLS 1.1 only",
    flags: "-tls1_1 -cipher ALL:@SECLEVEL=0",
    ...OLD,
  },
  {
    name: "that knows TLS 1.0 only",
    flags: "-tls1 -cipher ALL:@SECLEVEL=0",
    ...OLD,
  },
  {
    name: "that knows old ciphers only",
    flags: "-tls1_2 -cipher ECDHE-ECDSA-AES128-SHA:@SECLEVEL=0",
    message: /the server refuses to encrypt as this program does/,
    hint: /with ECDHE ciphers/,
  },
  {
    name: "that speaks HTTP/2 only",
    flags: "-alpn h2",
    message: /the server speaks only HTTP\/2/,
    hint: /take HTTP\/1\.1/,
  },
  {
    name: "that does not encrypt",
    plain: "HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n",
    message: /the server does not encrypt \(no TLS on this port\)/,
    hint: /check the address and its port/,
  },
  {
    name: "that speaks SSH",
    plain: "SSH-2.0-OpenSSH_9.6\r\n",
    message: /the server does not encrypt \(no TLS on this port\)/,
    hint: /check the address and its port/,
  },
];

const DAY = 24 * 3600 * 1000;

async function startKind(
  folder: TemporaryFolder,
  { flags = "-quiet", certificate, plain }: Kind,
): Promise<{ address: string; caFile: string } & AsyncDisposable> {
  const now = Date.now();
  const { cert, key } = await selfSigned(
    new Date(now - DAY),
    new Date(now + 30 * DAY),
    certificate,
  );
  const caFile = await folder.write("ca.pem", cert);
  if (plain === undefined) {
    const server = await startOpenssl(folder, {
      cert,
      key,
      flags: flags === "-quiet" ? "-tls1_3" : flags,
    });
    return Object.assign(server, { caFile });
  }
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const served = (async () => {
    for await (const connection of listener) {
      using _closed = connection;
      await connection.read(new Uint8Array(4096)).catch(() => {});
      await connection.write(new TextEncoder().encode(plain)).catch(() => {});
    }
  })();
  return {
    address: `127.0.0.1:${listener.addr.port}`,
    caFile,
    async [Symbol.asyncDispose]() {
      listener.close();
      await served;
    },
  };
}

for (const kind of kinds) {
  Deno.test(`check, doctor and upload say what is wrong with a service ${kind.name}`, async () => {
    await using folder = await TemporaryFolder.make();
    await using service = await startKind(folder, kind);
    const run = (...args: string[]) =>
      runBinary(args, {
        home: folder.join("home"),
        env: {
          STANDCLOUD_API_KEY: "key",
          STANDCLOUD_ADDRESS: service.address,
          STANDCLOUD_CA_FILE: service.caFile,
        },
      });
    const [check, doctor, login, upload] = [
      await run("sc-login", "--check"),
      await run("doctor"),
      await run("sc-login", "--flow=device", "--no-input"),
      await run(
        "upload",
        runFile("minimum.jsonloader"),
        "--fill-unknown",
        "--retry-for=0",
      ),
    ];
    equal([check.code, doctor.code, login.code], [4, 4, 4]);
    equal([4, 6].includes(upload.code), true);
    for (const { stdout, stderr } of [check, doctor, login, upload]) {
      match(stdout + stderr, kind.message);
      match(stdout + stderr, kind.hint);
    }
  });
}
