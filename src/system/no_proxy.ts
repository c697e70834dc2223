import { BlockList, isIP } from "node:net";

/**
 * Whether `NO_PROXY` names the host of a URL: the host itself, a domain that it
 * lies in, its address or network (CIDR), each with or without a port, or `*`.
 */
export function isExcepted(url: URL, noProxy: string): boolean {
  const host = url.hostname.replace(/^\[|\]$|\.$/g, "");
  const port = url.port || (url.protocol === "https:" ? "443" : "80");
  return noProxy.toLowerCase().split(/[\s,]+/)
    .some((entry) => entry !== "" && names(entry, host, port));
}

function names(entry: string, host: string, port: string): boolean {
  if (entry === "*") return true;
  const [, bracketed, plain = entry, wantedPort = port] =
    /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  if (wantedPort !== port) return false;
  const name = bracketed ?? plain;
  const [address = "", prefix] = name.split("/");
  if (isIP(address) !== 0) return isWithin(host, address, prefix);
  if (isIP(host) !== 0) return false;
  const domain = name.replace(/^\*?\./, "").replace(/\.$/, "");
  return host === domain || (domain !== "" && host.endsWith(`.${domain}`));
}

function isWithin(
  host: string,
  address: string,
  prefix: string | undefined,
): boolean {
  const family = isIP(address) === 6 ? "ipv6" : "ipv4";
  if (isIP(host) !== isIP(address)) return false;
  const bits = prefix === undefined
    ? (family === "ipv6" ? 128 : 32)
    : Number(prefix);
  try {
    const network = new BlockList();
    network.addSubnet(address, bits, family);
    return network.check(host, family);
  } catch {
    return false;
  }
}
