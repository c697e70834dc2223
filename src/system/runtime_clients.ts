import { AppError, messageOf } from "./app_error.ts";
import {
  AUTHORITIES_VARIABLE,
  EVERY_AUTHORITY,
  readVariable,
} from "./environment.ts";

/** A proxy, as the runtime is told of it. */
export interface ProxyUse {
  readonly url: string;
  readonly basicAuth?: { readonly username: string; readonly password: string };
}

/** To the runtime `*` means every name. */
const EVERYTHING = "*,0.0.0.0/0,::/0";

/**
 * A client of the runtime. The runtime's own reading of the proxy variables
 * passes over values that it does not know, lets `ALL_PROXY` win over
 * `HTTPS_PROXY`, and knows neither ports nor IPv6 in `NO_PROXY`: it is told of
 * the one proxy to use, or of none.
 *
 * @throws `config_invalid` when an authority cannot be loaded.
 */
export function createRuntimeClient(
  caCerts: string[],
  proxy: ProxyUse | undefined,
): Deno.HttpClient {
  const before = readVariable("NO_PROXY");
  Deno.env.set("NO_PROXY", proxy === undefined ? EVERYTHING : "");
  try {
    return create(caCerts, proxy);
  } finally {
    if (before === undefined) Deno.env.delete("NO_PROXY");
    else Deno.env.set("NO_PROXY", before);
  }
}

/** A minimal system (no ca-certificates) has no store; Mozilla's authorities come with the runtime. */
const NO_STORE = /^Failed to load platform certificates: No such file/;

function create(
  caCerts: string[],
  proxy: ProxyUse | undefined,
): Deno.HttpClient {
  try {
    return Deno.createHttpClient({
      http2: false,
      caCerts,
      ...(proxy && { proxy }),
    });
  } catch (error) {
    if (NO_STORE.test(messageOf(error)) && dropMissingStore()) {
      return create(caCerts, proxy);
    }
    throw new AppError(
      "config_invalid",
      `Cannot load the certificate authorities: ${messageOf(error)}`,
      {
        cause: error,
        hints: [
          "check --ca-file, STANDCLOUD_CA_FILE, SSL_CERT_FILE and DENO_CERT",
        ],
      },
    );
  }
}

/** Whether there is one to drop: a file that the user names must be there. */
function dropMissingStore(): boolean {
  const isChosen = readVariable(AUTHORITIES_VARIABLE) !== EVERY_AUTHORITY ||
    readVariable("SSL_CERT_FILE");
  if (!isChosen) Deno.env.set(AUTHORITIES_VARIABLE, "mozilla");
  return !isChosen;
}
