import { HttpFailure, type HttpFailureReason } from "./http_failure.ts";
import type { TlsPeers } from "./tls_peers.ts";

/** Where a fetch was sent that failed. */
export interface FailedTarget {
  readonly url: URL | null;
  readonly proxy: URL | undefined;
  readonly peers: TlsPeers;
}

/** Why a fetch failed. Where a certificate was refused, it is looked at once more. */
export async function failedFetch(
  error: unknown,
  { url, proxy, peers }: FailedTarget,
): Promise<HttpFailure> {
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new HttpFailure("timeout", "No answer in time", { cause: error });
  }
  const [reason, message] = explain(wholeMessage(error), proxy);
  const isAboutCertificate = reason.startsWith("certificate") && url !== null;
  const peer = isAboutCertificate ? await peers.peerOf(url, proxy) : undefined;
  return new HttpFailure(reason, message, {
    cause: error,
    ...(peer && { peer }),
  });
}

function explain(
  text: string,
  proxy: URL | undefined,
): [HttpFailureReason, string] {
  if (/NotValidYet|not valid yet/i.test(text)) {
    return ["certificate_from_future", "The certificate is not valid yet"];
  }
  if (/certificate|UnknownIssuer|NotValidForName/i.test(text)) {
    return ["certificate", certificateProblem(text)];
  }
  if (/proxy authentication required/i.test(text)) {
    return ["proxy", "The proxy wants another user or password"];
  }
  if (/unsuccessful tunnel/i.test(text)) {
    return ["proxy", "The proxy refuses the connection"];
  }
  const who = proxy === undefined ? "" : " of the proxy";
  if (/dns error|failed to lookup address/i.test(text)) {
    return [
      proxy ? "proxy" : "unknown_host",
      `The host name${who} is unknown`,
    ];
  }
  // The number is that of Windows, whose text is in the language of its user.
  if (/connection refused|\(os error 10061\)/i.test(text)) {
    return [
      "refused",
      proxy ? "The proxy is not there" : "The connection was refused",
    ];
  }
  return ["connection", "The connection failed"];
}

/** Deno puts the reason of a failed fetch into the message or into its causes. */
function wholeMessage(error: unknown): string {
  return error instanceof Error
    ? `${error.message} ${wholeMessage(error.cause)}`
    : "";
}

function certificateProblem(text: string): string {
  if (/UnknownIssuer|BadSignature/i.test(text)) {
    return "The certificate is signed by an unknown authority";
  }
  if (/CaUsedAsEndEntity/i.test(text)) {
    return "The server certificate is an authority itself (CA:TRUE)";
  }
  if (/Expired/i.test(text)) return "The certificate has expired";
  if (/NotValidForName|not valid for name/i.test(text)) {
    return "The certificate is for another name";
  }
  return "The certificate was refused";
}
