import { deepStrictEqual as equal } from "node:assert/strict";
import { readSources } from "../architecture/source_file.ts";

/**
 * What a native OAuth client owes its user (RFC 8252, 7636, 9126, 6749, 9700,
 * 9207, 8628, 7009), and what attacks on the program have added, by number.
 * Each has tests that make the attack and carry its number in their names:
 * `… (duty 13)`, `… (duties 13, 14)`, `duty 13: …`.
 */
const DUTIES: Readonly<Record<number, string>> = {
  1: "the system's browser, never an embedded view",
  2: "the callback server listens on 127.0.0.1 and nowhere else",
  3: "an IP literal and any free port as redirect URI; --port for a strict server",
  4: "the port is open from the start of a login to its end, and takes one answer",
  5: "one path and two methods; everything else is refused, also what is slow",
  6: "a code that another program caught is worth nothing",
  7: "a public client: no secret proves anything",
  8: "no mix-up of authorization servers",
  9: "the Host that was advertised, and navigations only",
  10: "a fixed page with nothing of the request in it",
  11: "a new random verifier for each login, S256 and nothing less",
  12: "the verifier stays in memory",
  13:
    "a random state, looked at before anything else; a wrong one settles nothing",
  14: "logins at the same time do not take each other's answers",
  15: "the whole request is pushed, and only a sound 201 is taken",
  16: "the URL carries client_id and request_uri alone",
  17: "a request_uri that has expired is pushed again",
  18: "no URL with plain parameters when the pushed request fails",
  19: "no endpoint outside of the address",
  20: "the redirect URI that was pushed",
  21: "only a sound answer with tokens, of any size",
  22: "no implicit and no password grant",
  23: "one refresh at a time, and saved before it is used",
  24: "the token in one header, for one origin, and never behind a redirect",
  25: "no secret in any output",
  26: "the issuer letter by letter, and its metadata from nowhere else",
  27: "only http(s) pages are opened, as one argument and without a shell",
  28: "certificates are always checked",
  29: "iss is there and equal where the server promises it",
  30: "no parameter twice",
  31: "page and user code beside the QR code, and a word about comparing",
  32: "nothing of the server's steers the terminal",
  33: "polling at the server's pace, and ending by our own clock",
  34: "the device_code is secret",
  35: "one poller, and none after Ctrl-C",
  36: "the refresh token is revoked first; the login is deleted in any case",
  37: "no revocation is claimed that was not made",
  38: "private files and folders from the first byte, and never through a link",
  39: "locks that follow no link",
  40: "a key derivation that nobody can make endless or weak",
  41: "no path is made of a name that came from outside",
  42: "a passphrase reaches no child and no argument",
  43: "documents and file names are data",
  44: "answers of the server are bounded and cleaned",
  45: "a key goes only to the address that its owner gave it for",
  46: "the summary of an upload names the address that received the runs",
  47: "http:// on this computer never goes through a proxy",
  48: "a proxy value that would not be used as it is written is refused",
  49: "no value of a variable is repeated, also when the runtime fails on it",
  50: "the file that is opened is the file that was listed",
  51: "moves and deletes never leave the folder that was named",
  52: "files that nobody named follow no link and overwrite nothing",
  53: "what is read or unpacked is bounded before memory is taken",
  54: 'only "not found" means that something is not there',
  55:
    "a home below a folder that another user or group can write to is refused",
  56:
    "a secret in a given file that others can change or read is not used in silence",
  57:
    "a planted manifest or damaged file stops neither a watch nor other files",
  58: "the service leaves no memory image, is limited, and is locked in",
  59: "compiler and runtimes are pinned by hash",
  60: "nothing waits for ever",
  61:
    "HardPy's database is only read, its password never shows, and nothing of it has no end",
  62: "a CSV cell starts no formula",
};

/**
 * Parts of a duty that are not for this program:
 *
 * - 2, 3: no listener on `[::1]`. The service knows the redirect URI with
 *   127.0.0.1, and a second address would be a second door.
 * - 8: one redirect path for all issuers. Each login has a port, a state and a
 *   verifier of its own, and `iss` is compared.
 * - 10: no redirect to a URL without the code. The code is used up before the
 *   page is sent, and the server ends with the page.
 * - 12: no core file is searched. The program switches none on.
 * - 55: a group that has its user as the only member is refused too. The mode of
 *   a folder that an access control list opens to another user looks the same.
 */
const NAMED = /[`"]duty (\d+): |\((?:duty|duties) ([\d, ]+)\)[`"]/g;

/** The duties that test names carry, with the files they lie in. */
async function namedDuties(): Promise<Map<number, Set<string>>> {
  const named = new Map<number, Set<string>>();
  for (const { path, text } of await readSources("tests")) {
    for (const [, one, several] of text.matchAll(NAMED)) {
      for (const number of (one ?? several ?? "").split(",").map(Number)) {
        named.set(number, (named.get(number) ?? new Set()).add(path));
      }
    }
  }
  return named;
}

Deno.test("each duty has a test that carries its number", async () => {
  const named = await namedDuties();
  const missing = Object.entries(DUTIES)
    .filter(([number]) => !named.has(Number(number)));
  equal(missing, []);
});

Deno.test("no test carries the number of a duty that there is not", async () => {
  const strangers = [...await namedDuties()]
    .filter(([number]) => DUTIES[number] === undefined);
  equal(strangers, []);
});
