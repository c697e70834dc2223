import { Buffer } from "node:buffer";
import { connect as connectTcp, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";

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
  const sockets: Socket[] = [];
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), TIMEOUT_MILLISECONDS);
  try {
    return await Promise.race([look(url, proxy, sockets), late.promise]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    for (const socket of sockets) socket.destroy();
  }
}

async function look(
  url: URL,
  proxy: URL | undefined,
  sockets: Socket[],
): Promise<TlsPeer | undefined> {
  const host = bareHost(url);
  const tunnel = proxy && await openTunnel(url, proxy, sockets);
  const socket = connectTls({
    ...(tunnel === undefined
      ? { host, port: portOf(url) }
      : { socket: tunnel }),
    ...(isIP(host) === 0 && { servername: host }),
    rejectUnauthorized: false,
    ALPNProtocols: ["http/1.1"],
  });
  sockets.push(socket);
  await event(socket, "secureConnect");
  const { subject, issuer, ...certificate } = socket.getPeerCertificate();
  const serverTime = await dateOf(socket, url);
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

async function openTunnel(
  url: URL,
  proxy: URL,
  sockets: Socket[],
): Promise<Socket> {
  const socket = connectTcp(portOf(proxy), bareHost(proxy));
  sockets.push(socket);
  await event(socket, "connect");
  const target = `${url.hostname}:${portOf(url)}`;
  const user = [proxy.username, proxy.password].map(decodeURIComponent)
    .join(":");
  const authorization = user === ":"
    ? ""
    : `Proxy-Authorization: Basic ${Buffer.from(user).toString("base64")}\r\n`;
  socket.write(
    `CONNECT ${target} HTTP/1.1\r\nHost: ${target}\r\n${authorization}\r\n`,
  );
  const answer = String(await event(socket, "data"));
  if (!/^HTTP\/1\.\d 200/.test(answer)) throw new Error("No tunnel");
  return socket;
}

/** The first argument of the first `name`; rejects when the connection fails before. */
function event(socket: Socket, name: string): Promise<unknown> {
  return new Promise((resolve, reject) => {
    socket.once(name, resolve);
    socket.once("error", reject);
    socket.once("close", () => reject(new Error("Closed")));
  });
}

async function dateOf(
  socket: TLSSocket,
  url: URL,
): Promise<Date | undefined> {
  socket.write(
    `HEAD / HTTP/1.1\r\nHost: ${url.host}\r\nConnection: close\r\n\r\n`,
  );
  const head = String(await event(socket, "data").catch(() => ""));
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

/** Without the brackets of an IPv6 address. */
function bareHost(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, "");
}

function portOf(url: URL): number {
  return Number(url.port) || (url.protocol === "http:" ? 80 : 443);
}
