import "../../scripts/sandbox/reflect_metadata.ts";
import * as x509 from "@peculiar/x509";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A certificate for 127.0.0.1 that is its own authority, as `Deno.serve` takes it. */
export async function selfSigned(
  notBefore: Date,
  notAfter: Date,
  { isAuthority = false, isNamed = true } = {},
): Promise<{ cert: string; key: string }> {
  const keys = await crypto.subtle.generateKey(algorithm, true, [
    "sign",
    "verify",
  ]);
  if (!("privateKey" in keys)) throw new Error("No key pair");
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: "01",
    name: "CN=test",
    notBefore,
    notAfter,
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      ...(isAuthority ? [new x509.BasicConstraintsExtension(true)] : []),
      ...(isNamed
        ? [
          new x509.SubjectAlternativeNameExtension([
            { type: "ip", value: "127.0.0.1" },
          ]),
        ]
        : []),
    ],
  });
  const key = await crypto.subtle.exportKey("pkcs8", keys.privateKey);
  return {
    cert: certificate.toString("pem"),
    key: x509.PemConverter.encode(key, "PRIVATE KEY"),
  };
}
