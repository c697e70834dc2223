import { AppError } from "../system/app_error.ts";
import { isLoopback } from "../system/loopback.ts";

/** A StandCloud service, named as HardPy names it. */
export interface Address {
  /** As written in files and output: `demo.standcloud.io`, `127.0.0.1:8443`. */
  readonly text: string;
  /** `https://demo.standcloud.io`, without a final slash. */
  readonly origin: string;
  /** Issuer identifier of the authorization server (RFC 8414). */
  readonly issuer: string;
  /** Base of the REST API, also the audience of its tokens. */
  readonly apiBase: string;
  /** Base of the API that other programs read with an API key. */
  readonly integrationBase: string;
  /** Name for a file that belongs to this address; safe on every file system. */
  readonly fileName: string;
}

const HOST = /^(?:[a-z0-9][a-z0-9-]*(?:\.[a-z0-9-]+)*|\[[0-9a-f:.]+\])$/;
/** Names under which Windows has devices instead of files, whatever the extension. */
const WINDOWS_DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/;

const HINT =
  "give the bare host that HardPy takes, for example: demo.standcloud.io";

/**
 * Reads an address: a host, optionally with a port, optionally with `https://`.
 * `http://` is for loopback hosts only.
 *
 * @throws `usage`
 */
export function parseAddress(text: string): Address {
  const trimmed = text.trim();
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(trimmed)
    ? trimmed
    : `https://${trimmed}`;
  let url: URL;
  try {
    url = new URL(withScheme);
  } catch {
    throw wrong(text, "it is not a host name");
  }
  const host = url.hostname.replace(/\.$/, "");
  refuseExtras(text, url);
  if (!HOST.test(host) || host.length > 253) {
    throw wrong(text, "it is not a host name");
  }
  if (WINDOWS_DEVICE.test(host) || url.port === "0") {
    throw wrong(text, "it cannot be a server");
  }
  if (url.protocol !== "https:" && !isLoopback(host)) {
    throw wrong(
      text,
      url.protocol === "http:"
        ? "http:// would send the login unencrypted"
        : `${url.protocol}// is not https://`,
    );
  }
  return build(url.protocol, host, url.port);
}

function refuseExtras(text: string, url: URL): void {
  if (url.username !== "" || url.password !== "") {
    throw wrong(text, "it holds a user name");
  }
  if (url.pathname !== "/" || /[/\\].*[/\\]?[?#]|[?#]/.test(text)) {
    throw wrong(text, "it has a path");
  }
}

function build(protocol: string, host: string, port: string): Address {
  const hostAndPort = port === "" ? host : `${host}:${port}`;
  const origin = `${protocol}//${hostAndPort}`;
  const isSecure = protocol === "https:";
  return {
    text: isSecure ? hostAndPort : origin,
    origin,
    issuer: `${origin}/auth`,
    apiBase: `${origin}/hardpy/api/v1`,
    integrationBase: `${origin}/integration/api/v1`,
    fileName: fileNameOf(isSecure ? hostAndPort : origin),
  };
}

/** Colons and brackets of an IPv6 address are not allowed in Windows file names. */
function fileNameOf(text: string): string {
  return text
    .replace("http://", "http-")
    .replace(/\[(.*)\]/, (_, ip) => `ipv6-${ip.replaceAll(":", "-")}`)
    .replace(":", "_");
}

/** The address whose login lies in the file; for a file that cannot be read itself. */
export function addressOfFileName(fileName: string): string {
  return fileName
    .replace("_", ":")
    .replace(/ipv6-([0-9a-f-]+)/, (_, ip) => `[${ip.replaceAll("-", ":")}]`)
    .replace(/^http-/, "http://");
}

function wrong(text: string, why: string): AppError {
  // What stands before an @ may be a password: it is not repeated.
  const shown = text.includes("@") ? "" : ` "${text}"`;
  return new AppError("usage", `Invalid address${shown}: ${why}`, {
    hints: [HINT],
  });
}
