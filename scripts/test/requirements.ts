import { delimiter, join } from "node:path";
import type { Log } from "../compile/say.ts";

interface Requirement {
  /** The Debian package, and what it is good for. */
  readonly package: string;
  readonly purpose: string;
  readonly present: () => Promise<boolean>;
}

const REQUIREMENTS: readonly Requirement[] = [
  {
    package: "chromium",
    purpose: "a browser for tests/browser (or set CHROME_BIN)",
    present: async () => await chromium() !== null,
  },
  {
    package: "age",
    purpose: "the age program, which must open our login files",
    present: async () => await onPath("age") !== null,
  },
  {
    package: "zsh",
    purpose: "a shell that the completions are for",
    present: async () => await onPath("zsh") !== null,
  },
  {
    package: "fish",
    purpose: "a shell that the completions are for",
    present: async () => await onPath("fish") !== null,
  },
  {
    package: "strace",
    purpose: "shows which addresses the program reaches",
    present: async () => await onPath("strace") !== null,
  },
  {
    package: "prometheus",
    purpose: "promtool, which checks the metrics",
    present: async () => await onPath("promtool") !== null,
  },
  {
    package: "libxml2-utils",
    purpose: "xmllint, which checks XML against its schema",
    present: async () => await onPath("xmllint") !== null,
  },
  {
    package: "systemd",
    purpose: "systemd-analyze, which judges the services",
    present: async () => await onPath("systemd-analyze") !== null,
  },
  {
    package: "groff-base",
    purpose: "sets the man page",
    present: async () => await onPath("groff") !== null,
  },
  {
    package: "openssh-client",
    purpose: "ssh-keygen, which signs releases and checks them",
    present: async () => await onPath("ssh-keygen") !== null,
  },
  {
    package: "openssl",
    purpose: "a server that speaks TLS as no other here does",
    present: async () => await onPath("openssl") !== null,
  },
];

/** Without a font a page has no text, and the browser nothing to press. */
const COMPANIONS = ["fonts-dejavu-core"];

/** The browser that the tests drive, or null. */
export async function chromium(): Promise<string | null> {
  const given = Deno.env.get("CHROME_BIN");
  if (given !== undefined && given !== "") {
    return await isFile(given) ? given : null;
  }
  if (await isFile("/usr/bin/chromium")) return "/usr/bin/chromium";
  return await onPath("chromium");
}

/** Installs what is missing where that is possible; throws where it is not. */
export async function ensureRequirements(log: Log): Promise<void> {
  const missing = await missingRequirements();
  if (missing.length === 0) return;
  const packages = [...missing.map((one) => one.package), ...COMPANIONS];
  const install = ["install", "-y", "--no-install-recommends", ...packages];
  if (!await canInstall()) throw new Error(explain(missing, install));
  log(`installing ${packages.join(", ")}`);
  await aptGet(["update"]);
  await aptGet(install);
  const still = await missingRequirements();
  if (still.length > 0) throw new Error(explain(still, install));
}

async function missingRequirements(): Promise<readonly Requirement[]> {
  const missing: Requirement[] = [];
  for (const one of REQUIREMENTS) {
    if (!await one.present()) missing.push(one);
  }
  return missing;
}

function explain(
  missing: readonly Requirement[],
  install: readonly string[],
): string {
  return [
    "the tests need programs that are not here",
    ...missing.map((one) => `  ${one.package}: ${one.purpose}`),
    `hint: sudo apt-get update && sudo apt-get ${install.join(" ")}`,
  ].join("\n");
}

async function canInstall(): Promise<boolean> {
  return Deno.build.os === "linux" && Deno.uid() === 0 &&
    await onPath("apt-get") !== null;
}

async function aptGet(args: readonly string[]): Promise<void> {
  const { success } = await new Deno.Command("apt-get", {
    args: ["-q", ...args],
    env: { DEBIAN_FRONTEND: "noninteractive" },
    stdin: "null",
  }).spawn().status;
  if (!success) throw new Error(`apt-get ${args.join(" ")} failed`);
}

async function onPath(name: string): Promise<string | null> {
  const suffix = Deno.build.os === "windows" ? ".exe" : "";
  for (const folder of (Deno.env.get("PATH") ?? "").split(delimiter)) {
    const path = join(folder, name + suffix);
    if (folder !== "" && await isFile(path)) return path;
  }
  return null;
}

async function isFile(path: string): Promise<boolean> {
  const info = await Deno.stat(path).catch(() => null);
  return info?.isFile ?? false;
}
