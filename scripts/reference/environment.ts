import {
  AUTHORITIES_VARIABLE,
  type EnvironmentVariable,
  LISTENER_VARIABLE,
  type SecretVariable,
} from "../../src/system/environment.ts";
import type { Rows } from "./table.ts";

type Variable =
  | EnvironmentVariable
  | SecretVariable
  | typeof AUTHORITIES_VARIABLE
  | typeof LISTENER_VARIABLE;

const NETWORK =
  "proxies, in capitals or not; `NO_PROXY` takes hosts, domains, networks (CIDR), ports and `*`";
const LOCALE =
  "does the terminal show marks such as a check mark? The first that is set counts; without `UTF-8` in it there are none";
const SCREEN = "is there a screen for a browser, and is a person before it?";
const CONTAINER = "is this a container?";

/** In the order of the table; variables with one meaning share a row. */
const MEANINGS: Readonly<Record<Variable, string>> = {
  "STANDCLOUD_HOME": "folder for all files of the program",
  "STANDCLOUD_ADDRESS": "default address",
  "STANDCLOUD_API_KEY":
    "used before any stored login, for an address that the same person gave",
  "HARDPY_SC_API_KEY": "the same, after `STANDCLOUD_API_KEY`",
  "STANDCLOUD_KEY_FILE": "age identity that opens the stored logins",
  "CREDENTIALS_DIRECTORY":
    "set by systemd: the key is the file `standcloud-key` in it",
  "STANDCLOUD_PASSPHRASE": "passphrase for the stored logins, instead of a key",
  "STANDCLOUD_PASSPHRASE_FILE": "file whose first line is that passphrase",
  "STANDCLOUD_CA_FILE": "PEM file of more certificate authorities",
  "SSL_CERT_FILE": "the same; the runtime reads it, too",
  [AUTHORITIES_VARIABLE]:
    "which authorities the runtime trusts (default: `system,mozilla`)",
  "HTTPS_PROXY": NETWORK,
  "HTTP_PROXY": NETWORK,
  "ALL_PROXY": NETWORK,
  "NO_PROXY": NETWORK,
  "https_proxy": NETWORK,
  "http_proxy": NETWORK,
  "all_proxy": NETWORK,
  "no_proxy": NETWORK,
  BROWSER:
    "name of a browser or opener in a system folder such as `/usr/bin`; on Linux `xdg-open` starts any other command or path",
  "NO_COLOR": "no colours",
  "FORCE_COLOR": "colours, also without a terminal",
  TERM: "the kind of terminal; `dumb` means no colours and no line drawn again",
  "LC_ALL": LOCALE,
  "LC_CTYPE": LOCALE,
  LANG: LOCALE,
  HOME: "where the files lie on Linux and macOS",
  "XDG_CONFIG_HOME": "in place of `~/.config`",
  "XDG_STATE_HOME": "in place of `~/.local/state`",
  APPDATA: "where the files lie on Windows",
  LOCALAPPDATA: "where the files lie on Windows",
  DISPLAY: SCREEN,
  "WAYLAND_DISPLAY": SCREEN,
  "WSL_DISTRO_NAME": SCREEN,
  "SSH_CONNECTION": SCREEN,
  "SSH_TTY": SCREEN,
  USER: SCREEN,
  CODESPACES: SCREEN,
  "REMOTE_CONTAINERS": SCREEN,
  "VSCODE_IPC_HOOK_CLI": SCREEN,
  container: CONTAINER,
  "KUBERNETES_SERVICE_HOST": CONTAINER,
  [LISTENER_VARIABLE]: "of the runtime; the program removes it",
};

export function environmentRows(): Rows {
  const meanings = [...new Set(Object.values(MEANINGS))];
  return [
    ["variable", "meaning"],
    ...meanings.map((meaning) => [namesOf(meaning), meaning]),
  ];
}

function namesOf(meaning: string): string {
  return Object.entries(MEANINGS).filter(([, one]) => one === meaning)
    .map(([name]) => `\`${name}\``).join(", ");
}
