import { Buffer } from "node:buffer";
import { randomBytes } from "node:crypto";
import { isIP, type Socket } from "node:net";
import { endpointOf } from "./dial.ts";
import { CLIENT_CERTIFICATE, type HttpFailureReason } from "./http_failure.ts";
import { event, Look } from "./tls_socket.ts";

/** Why a server does not talk to this program, and how it is told. */
export type TlsRefusal = readonly [HttpFailureReason, message: string];

const TIMEOUT_MILLISECONDS = 2000;

/**
 * Looks at what a server asks for that ended a connection without saying why.
 * Undefined when nothing more can be seen.
 */
export async function probeRefusal(
  url: URL,
  proxy: URL | undefined,
): Promise<TlsRefusal | undefined> {
  const timeoutMilliseconds = TIMEOUT_MILLISECONDS;
  const look = new Look(url, { proxy, timeoutMilliseconds });
  using _look = look;
  try {
    return await look.within(refusalOf(look, endpointOf(url).host));
  } catch {
    return undefined;
  }
}

async function refusalOf(
  look: Look,
  host: string,
): Promise<TlsRefusal | undefined> {
  if (await asksForCertificate(await look.tcp(), host)) {
    return ["client_certificate", CLIENT_CERTIFICATE];
  }
  return await isHttp2(look)
    ? ["http2_only", "The server speaks only HTTP/2"]
    : undefined;
}

/** What both sides of HTTP/2 begin with (RFC 9113 section 3.4): a frame of settings, here an empty one. */
const SETTINGS = 4;
const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

async function isHttp2(look: Look): Promise<boolean> {
  const socket = await look.tls(["h2"]);
  if (socket.alpnProtocol === "h2") return true;
  socket.write(PREFACE);
  const first = await event(socket, "data");
  return first instanceof Uint8Array && first.length >= 9 &&
    first[0] === 0 && first[3] === SETTINGS;
}

/** Types of records and of handshake messages (RFC 5246 sections 6.2.1 and 7.4). */
const HANDSHAKE = 22;
const SERVER_HELLO_DONE = 14;
const CERTIFICATE_REQUEST = 13;

/**
 * Whether the server wants a certificate of this stand: up to TLS 1.2 it asks
 * for that in the clear, and its alert would not tell.
 */
async function asksForCertificate(
  socket: Socket,
  host: string,
): Promise<boolean> {
  let records = Buffer.alloc(0);
  let messages = Buffer.alloc(0);
  socket.write(clientHello(host));
  while (true) {
    const portion = await event(socket, "data");
    records = Buffer.concat([records, portion as Buffer]);
    while (
      records.length >= 5 && records.length >= 5 + records.readUInt16BE(3)
    ) {
      const end = 5 + records.readUInt16BE(3);
      if (records[0] !== HANDSHAKE) return false;
      messages = Buffer.concat([messages, records.subarray(5, end)]);
      records = records.subarray(end);
    }
    while (messages.length >= 4) {
      const end = 4 + messages.readUIntBE(1, 3);
      if (messages[0] === CERTIFICATE_REQUEST) return true;
      if (messages[0] === SERVER_HELLO_DONE) return false;
      if (messages.length < end) break;
      messages = messages.subarray(end);
    }
  }
}

/** A first message of TLS 1.2 with the ciphers and signatures that the runtime knows. */
function clientHello(host: string): Uint8Array {
  const isName = isIP(host) === 0;
  const name = Buffer.from(host).toString("hex");
  const extensions = [
    isName ? "0000" + sized(2, sized(2, "00" + sized(2, name))) : "",
    "000a" + sized(2, sized(2, "001d00170018")),
    "000b" + sized(2, sized(1, "00")),
    "000d" + sized(2, sized(2, "040305030603080408050806040105010601")),
  ].join("");
  const message = [
    "0303",
    randomBytes(32).toString("hex"),
    "00",
    sized(2, "c02bc02fc02cc030cca9cca8"),
    "0100",
    sized(2, extensions),
  ].join("");
  return Buffer.from("160301" + sized(2, "01" + sized(3, message)), "hex");
}

/** Hex digits behind their length, which takes so many bytes. */
function sized(bytes: number, digits: string): string {
  return (digits.length / 2).toString(16).padStart(2 * bytes, "0") + digits;
}
