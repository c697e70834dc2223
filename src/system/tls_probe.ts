import type { TLSSocket } from "node:tls";
import { event, Look } from "./tls_socket.ts";

/** What a server shows to whoever connects, trusted or not. */
export interface TlsPeer {
  readonly subject: string;
  /** The authority that signed the certificate. */
  readonly issuer: string;
  /** Host names and addresses that the certificate is for. */
  readonly names: readonly string[];
  readonly validFrom: Date;
  readonly validTo: Date;
  /** By this computer's clock. */
  readonly seenAt: Date;
  /** How far that clock is ahead of the server's `Date` header; undefined when it sends none. */
  readonly clockAheadMilliseconds: number | undefined;
}

const TIMEOUT_MILLISECONDS = 5000;

/**
 * Looks at the certificate of a server without trusting it, to tell why it was
 * refused. Nothing that is secret is sent: `HEAD /`, without a login. Undefined
 * when the server cannot be reached. (The runtime does not show the
 * certificates of the authorities that a server may send along.)
 */
export async function probeTls(
  url: URL,
  proxy: URL | undefined,
): Promise<TlsPeer | undefined> {
  const timeoutMilliseconds = TIMEOUT_MILLISECONDS;
  const look = new Look(url, { proxy, timeoutMilliseconds });
  using _look = look;
  try {
    return await look.within(peerOf(look, url));
  } catch {
    return undefined;
  }
}

async function peerOf(look: Look, url: URL): Promise<TlsPeer> {
  const socket = await look.tls(["http/1.1"]);
  const { subject, issuer, ...certificate } = socket.getPeerCertificate();
  const serverTime = await dateOf(look, { socket, url });
  const seenAt = new Date();
  return {
    subject: nameOf(subject),
    issuer: nameOf(issuer),
    names: (certificate.subjectaltname ?? "").split(", ")
      .map((name) => name.replace(/^[\w ]+:/, "")).filter((name) => name),
    validFrom: new Date(certificate.valid_from),
    validTo: new Date(certificate.valid_to),
    seenAt,
    clockAheadMilliseconds: serverTime &&
      seenAt.getTime() - serverTime.getTime(),
  };
}

/** A server need not answer such a request: its certificate counts all the same. */
const DATE_MILLISECONDS = 1500;

async function dateOf(
  look: Look,
  { socket, url }: { socket: TLSSocket; url: URL },
): Promise<Date | undefined> {
  socket.write(
    `HEAD / HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`,
  );
  const head = String(
    await Promise.race([
      event(socket, "data").catch(() => ""),
      look.pause(DATE_MILLISECONDS),
    ]),
  );
  const date = new Date(/^date: *(.+)$/im.exec(head)?.[1] ?? "");
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function nameOf(
  distinguished: { CN?: string | string[]; O?: string | string[] },
): string {
  const { CN: name, O: organisation } = distinguished;
  const [first = "without a name", ...more] = [name, organisation].flat()
    .filter((part) => part !== undefined);
  return more.length === 0 ? first : `${first} (${more.join(", ")})`;
}
