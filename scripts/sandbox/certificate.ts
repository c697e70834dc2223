import "./reflect_metadata.ts";
import * as x509 from "@peculiar/x509";

/** What the sandbox needs to speak TLS, all PEM. */
export interface ServerCertificate {
  caPem: string;
  certificatePem: string;
  keyPem: string;
}

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const day = 24 * 60 * 60 * 1000;
const caName = "CN=StandCloud sandbox CA, O=Sandbox";

/** Makes a private CA and a server certificate for 127.0.0.1 and localhost (RFC 5280, RFC 6125). */
export async function createServerCertificate(): Promise<ServerCertificate> {
  const caKeys = await generateKeys();
  const serverKeys = await generateKeys();
  const ca = await createCa(caKeys);
  const server = await createServer(caKeys, serverKeys.publicKey);
  const key = await crypto.subtle.exportKey("pkcs8", serverKeys.privateKey);
  return {
    caPem: ca.toString("pem") + "\n",
    certificatePem: server.toString("pem") + "\n",
    keyPem: x509.PemConverter.encode(key, "PRIVATE KEY") + "\n",
  };
}

function generateKeys(): Promise<CryptoKeyPair> {
  return crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]) as Promise<CryptoKeyPair>;
}

async function createCa(keys: CryptoKeyPair): Promise<x509.X509Certificate> {
  const usage = x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign;
  return await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: caName,
    ...validity(),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new x509.BasicConstraintsExtension(true, 0, true),
      new x509.KeyUsagesExtension(usage, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
}

async function createServer(
  caKeys: CryptoKeyPair,
  publicKey: CryptoKey,
): Promise<x509.X509Certificate> {
  return await x509.X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: "CN=127.0.0.1, O=Sandbox",
    issuer: caName,
    ...validity(),
    signingAlgorithm: algorithm,
    publicKey,
    signingKey: caKeys.privateKey,
    extensions: [
      new x509.BasicConstraintsExtension(false, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "ip", value: "127.0.0.1" },
        { type: "dns", value: "localhost" },
      ]),
      await x509.SubjectKeyIdentifierExtension.create(publicKey),
      await x509.AuthorityKeyIdentifierExtension.create(caKeys.publicKey),
    ],
  });
}

/** Starts an hour ago, for clients whose clock is a little behind. */
function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return {
    notBefore: new Date(now - day / 24),
    notAfter: new Date(now + 30 * day),
  };
}

/** A positive number of 16 bytes: the first bit must be zero and the number unique per CA. */
function serialNumber(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[0] = (bytes[0] ?? 0) & 0x7f | 0x01;
  return bytes.toHex();
}
