import { blankArmPayload, cutIntelPayload } from "./macho.ts";
import { cutPayload } from "./trailer.ts";

/** Runtime and payload format belong to one Deno version; scripts/deno runs the same one. */
export const DENO_VERSION = "2.7.11";

/** The release of the npm packages below that was compiled by that Deno version. */
export const PACKAGE_VERSION = "0.22.2";

export interface RuntimeSource {
  readonly package: string;
  readonly executable: string;
  /** Takes the package's own program out of its executable and leaves the runtime. */
  readonly extract: (
    program: Uint8Array<ArrayBuffer>,
  ) => Uint8Array<ArrayBuffer>;
  /** What is left is byte for byte the denort that Deno downloads: either can be checked. */
  readonly identical: boolean;
  /** Where it is not: the registry's word for the package's archive, to say where it came from. */
  readonly integrity?: string;
  /** SHA-256 of the runtime that is left. */
  readonly sha256: string;
}

/** A Windows payload is a resource with one name: compiling puts ours in its place. */
function replacedByCompile(
  program: Uint8Array<ArrayBuffer>,
): Uint8Array<ArrayBuffer> {
  return program;
}

const SOURCES = {
  "x86_64-unknown-linux-gnu": {
    package: "@stdy/cli-linux-x64",
    executable: "bin/steady",
    extract: cutPayload,
    identical: true,
    sha256: "f12d5d3886d5ea138304fb8d67d7396cfbedf53656676132152cb89f3fa4d8e6",
  },
  "aarch64-unknown-linux-gnu": {
    package: "@stdy/cli-linux-arm64",
    executable: "bin/steady",
    extract: cutPayload,
    identical: true,
    sha256: "9c888d915647ff971a497acd39ee45ea63da5f19d12d4363124942c257c055ef",
  },
  "x86_64-pc-windows-msvc": {
    package: "@stdy/cli-win32-x64",
    executable: "bin/steady.exe",
    extract: replacedByCompile,
    identical: false,
    integrity:
      "sha512-7ZsJltOYVvMTl6eAy1AKMya7TFhb629FXr/BKZTyQsBrPj28rAaebQSTFYs1IZN0+n6LnJTpue6m4SIkevqBNA==",
    sha256: "f61a8733b07d8fe6746543e8c602a0f583cd9baa591a94d63ea59c2349a7ef85",
  },
  "x86_64-apple-darwin": {
    package: "@stdy/cli-darwin-x64",
    executable: "bin/steady",
    extract: cutIntelPayload,
    identical: false,
    integrity:
      "sha512-BYbQhEqBiEd+G9IyXWLpgAcSXFKMr6W3ZQXiOS3O5NnOWv+bNuyo793eBvEJ5fRKiuCV6n/ANVSJZLFOf6Nzog==",
    sha256: "e86ac250d3df9ba889bcea67e6f0f1152cde3cf560742b681407387a3d597cb7",
  },
  "aarch64-apple-darwin": {
    package: "@stdy/cli-darwin-arm64",
    executable: "bin/steady",
    extract: blankArmPayload,
    identical: false,
    integrity:
      "sha512-k5WGyCQl7DDpYWy3BI5TxGIxOdUpMeJ0q7kUi1EYs7Y72B/q0hIKDv3/fCgoZPWBI+N9XjnlSyetaxVQTRvWow==",
    sha256: "0fa03e51a436d2d1962cd5485cf7e903396a620db8026e4535893b0bf5e9d841",
  },
} as const satisfies Record<string, RuntimeSource>;

export type Target = keyof typeof SOURCES;

export const TARGETS: readonly Target[] = Object.keys(SOURCES) as Target[];

export function runtimeSource(target: Target): RuntimeSource {
  return SOURCES[target];
}

/** Throws for a name that is no target; without a name: the machine this runs on. */
export function parseTarget(name: string = Deno.build.target): Target {
  const target = TARGETS.find((known) => known === name);
  if (target === undefined) {
    throw new Error(
      `cannot compile for "${name}"; known: ${TARGETS.join(", ")}`,
    );
  }
  return target;
}

export function isWindows(target: Target): boolean {
  return target.includes("windows");
}
