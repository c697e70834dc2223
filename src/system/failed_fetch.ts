import {
  CLIENT_CERTIFICATE,
  HttpFailure,
  type HttpFailureReason,
} from "./http_failure.ts";
import type { TlsPeers } from "./tls_peers.ts";

/** Where a fetch was sent that failed. */
export interface FailedTarget {
  readonly url: URL;
  readonly proxy: URL | undefined;
  readonly peers: TlsPeers;
}

type Explanation = readonly [HttpFailureReason, message: string];

/** Why a fetch failed. Where its error does not tell enough, the server is looked at once more. */
export async function failedFetch(
  error: unknown,
  { url, proxy, peers }: FailedTarget,
): Promise<HttpFailure> {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new HttpFailure("timeout", "No answer in time", { cause: error });
  }
  const text = wholeMessage(error);
  const isPlain = url.protocol === "http:";
  const looked = isPlain || !isUnclear(text)
    ? undefined
    : await peers.refusalOf(url, proxy);
  const [reason, message] = looked ?? explain(text, proxy);
  const peer = reason.startsWith("certificate")
    ? await peers.peerOf(url, proxy)
    : undefined;
  return new HttpFailure(reason, message, { cause: error, peer });
}

/** Whether a connection was there, and has ended before an answer. */
export function isCutOff(error: unknown): boolean {
  return /\(SendRequest\)/.test(wholeMessage(error));
}

/** Whether the server has said why it ends the connection (RFC 8446 section 6.2). */
export function isTlsAlert(error: unknown): error is Error {
  return /received fatal alert/.test(wholeMessage(error));
}

/** A server has the same words for several reasons. */
function isUnclear(text: string): boolean {
  return /alert: (Handshake|BadCert|AccessDenied|CertificateUnknown|UnsupportedCert)|invalid HTTP version/
    .test(text);
}

function explain(text: string, proxy: URL | undefined): Explanation {
  const known = KNOWN.find(([sign]) => sign.test(text));
  if (known !== undefined) return [known[1], known[2]];
  const who = proxy === undefined ? "" : " of the proxy";
  if (/dns error|failed to lookup address/i.test(text)) {
    return [
      proxy ? "proxy" : "unknown_host",
      `The host name${who} is unknown`,
    ];
  }
  // A relay of this program is not told apart from what it leads to.
  const isTunnel = /unsuccessful tunnel/i.test(text);
  if (isTunnel && proxy) return ["proxy", "The proxy refuses the connection"];
  // The number is that of Windows, whose text is in the language of its user.
  if (isTunnel || /connection refused|\(os error 10061\)/i.test(text)) {
    return [
      "refused",
      proxy ? "The proxy is not there" : "The connection was refused",
    ];
  }
  return ["connection", "The connection failed"];
}

/** What the runtime says, and what it means; the first that fits counts. */
const KNOWN: readonly [RegExp, ...Explanation][] = [
  [
    /proxy authentication required/i,
    "proxy",
    "The proxy wants another user or password",
  ],
  [/alert: CertificateRequired/, "client_certificate", CLIENT_CERTIFICATE],
  [
    /alert: ProtocolVersion|DoesNotSupportTls|TlsVersionIsDisabled/,
    "tls_too_old",
    "The server speaks only TLS 1.1 or older",
  ],
  [
    /alert: NoApplicationProtocol/,
    "http2_only",
    "The server speaks only HTTP/2",
  ],
  [
    /alert: Unrecogni[sz]edName/,
    "certificate_for_other",
    "The server has no certificate for this name",
  ],
  [
    /alert: HandshakeFailure/,
    "tls_too_old",
    "The server refuses to encrypt as this program does",
  ],
  [
    /InvalidContentType/,
    "not_tls",
    "The server does not encrypt (no TLS on this port)",
  ],
  [/invalid HTTP version/, "connection", "The server does not speak HTTP"],
  [
    /handshake eof/,
    "connection",
    "The server closed the connection before it was encrypted",
  ],
  [
    /NotValidYet|not valid yet/i,
    "certificate_from_future",
    "The certificate is not valid yet",
  ],
  [/Expired/i, "certificate_expired", "The certificate has expired"],
  [
    /CaUsedAsEndEntity/,
    "certificate_of_authority",
    "The server certificate is an authority itself (CA:TRUE)",
  ],
  [
    /not valid for any names/,
    "certificate_nameless",
    "The certificate names no host (it has no subjectAltName)",
  ],
  [
    /NotValidForName|not valid for name/i,
    "certificate_for_other",
    "The certificate is for another name",
  ],
  [
    /UnknownIssuer/,
    "certificate_unknown",
    "The certificate is signed by an unknown authority",
  ],
  [
    /BadSignature/,
    "certificate_unknown",
    "The certificate is signed by an unknown authority of the same name as a known one, or its key is too short",
  ],
  [
    /UnsupportedSignatureAlgorithm/,
    "certificate_unsound",
    "The certificate is signed in a way that is too old (such as SHA-1)",
  ],
  [
    /UnsupportedCertVersion/,
    "certificate_nameless",
    "The certificate is of version 1, which names no host",
  ],
  [
    /extended key usage/i,
    "certificate_unsound",
    "The certificate is not one for servers (extendedKeyUsage)",
  ],
  [/certificate/i, "certificate", "The certificate was refused"],
];

/** Deno puts the reason of a failed fetch into the message or into its causes. */
function wholeMessage(error: unknown): string {
  return error instanceof Error
    ? `${error.message} ${wholeMessage(error.cause)}`
    : "";
}
