import "../../scripts/sandbox/reflect_metadata.ts";
import * as x509 from "@peculiar/x509";
import type { TemporaryFolder } from "./temporary_folder.ts";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY = 24 * 3600 * 1000;

export interface TlsServiceOptions {
  readonly folder: TemporaryFolder;
  readonly hostname?: string;
  /** What the certificate is for; default: the host. */
  readonly names?: readonly { type: "ip" | "dns"; value: string }[];
  /** In days from now. */
  readonly from?: number;
  readonly to?: number;
  /** How many days the service's clock is ahead of ours. */
  readonly clockDays?: number;
  /** Default: a good health check. */
  readonly answer?: (request: Request) => Response;
}

/** A service with an authority of its own, which answers every request alike. */
export interface TlsService extends AsyncDisposable {
  readonly address: string;
  readonly caFile: string;
  readonly caPem: string;
  readonly paths: readonly string[];
}

export async function startTlsService(
  { folder, hostname = "127.0.0.1", ...options }: TlsServiceOptions,
): Promise<TlsService> {
  const { caPem, cert, key } = await certificates({ hostname, ...options });
  const paths: string[] = [];
  const { answer = () => Response.json({}), clockDays = 0 } = options;
  const server = Deno.serve(
    { hostname, port: 0, onListen: () => {}, cert, key },
    (request) => {
      paths.push(new URL(request.url).pathname);
      const response = answer(request);
      const date = new Date(Date.now() + clockDays * DAY).toUTCString();
      response.headers.set("date", date);
      return response;
    },
  );
  const host = hostname.includes(":") ? `[${hostname}]` : hostname;
  return {
    address: `${host}:${server.addr.port}`,
    caFile: await folder.write(`ca-${server.addr.port}.pem`, caPem),
    caPem,
    paths,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function certificates(
  { hostname, names = [{ type: "ip", value: hostname }], from = -1, to = 30 }:
    & Omit<TlsServiceOptions, "folder">
    & { hostname: string },
): Promise<{ caPem: string; cert: string; key: string }> {
  const [caKeys, keys] = [await newKeys(), await newKeys()];
  const now = Date.now();
  const name = "CN=Works CA, O=Factory";
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name,
    notBefore: new Date(now - 99 * DAY),
    notAfter: new Date(now + 99 * DAY),
    signingAlgorithm: algorithm,
    keys: caKeys,
    extensions: [new x509.BasicConstraintsExtension(true, 0, true)],
  });
  const leaf = await x509.X509CertificateGenerator.create({
    serialNumber: "02",
    subject: "CN=standcloud.factory",
    issuer: name,
    notBefore: new Date(now + from * DAY),
    notAfter: new Date(now + to * DAY),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: caKeys.privateKey,
    extensions: [new x509.SubjectAlternativeNameExtension([...names])],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    caPem: `${ca.toString("pem")}\n`,
    cert: leaf.toString("pem"),
    key: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}

function newKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]) as Promise<CryptoKeyPair>;
}
