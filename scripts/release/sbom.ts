import type { BundledPackage, Payload } from "../compile/payload.ts";
import { ESBUILD_VERSION } from "../compile/esbuild.ts";
import {
  DENO_VERSION,
  PACKAGE_VERSION,
  type RuntimeSource,
  runtimeSource,
  type Target,
} from "../compile/targets.ts";
import { npmFolders } from "./npm_folder.ts";
import { integrityHash, purl } from "./purl.ts";

export interface SbomInput {
  readonly version: string;
  readonly commit: string;
  /** Of the commit: the time of the build would differ from one to the next. */
  readonly date: Date;
  readonly payload: Payload;
  readonly targets: readonly Target[];
}

type Component = Record<string, unknown>;

/**
 * A CycloneDX 1.6 document: what is in the programs, and nothing else. The
 * names are those of https://cyclonedx.org/docs/1.6/json.
 */
export async function sbom(input: SbomInput): Promise<Component> {
  const { version, date, payload, targets } = input;
  const program = `pkg:generic/standcloud@${version}`;
  const packages = await packageComponents(payload);
  const runtimes = targets.map(runtimeComponent);
  return {
    bomFormat: "CycloneDX",
    specVersion: "1.6",
    serialNumber: `urn:uuid:${uuidOf(payload.sha256)}`,
    version: 1,
    metadata: {
      timestamp: date.toISOString(),
      tools: {
        components: [
          { type: "application", name: "deno", version: DENO_VERSION },
          { type: "application", name: "esbuild", version: ESBUILD_VERSION },
        ],
      },
      component: programComponent(program, input),
    },
    components: [...runtimes, ...packages],
    dependencies: dependencies(program, { payload, runtimes }),
    // Their Rust crates and V8's libraries are listed nowhere, and that is said.
    compositions: [{
      aggregate: "incomplete",
      assemblies: runtimes.map((one) => one["bom-ref"]),
    }],
  };
}

function programComponent(
  ref: string,
  { version, commit, payload }: SbomInput,
): Component {
  return {
    type: "application",
    "bom-ref": ref,
    name: "standcloud",
    version,
    licenses: [{ license: { id: "MIT" } }],
    properties: [
      { name: "standcloud:commit", value: commit },
      { name: "standcloud:payload-sha256", value: payload.sha256 },
    ],
  };
}

const DENO_PURL = `pkg:github/denoland/deno@v${DENO_VERSION}`;

/** What runs the bundle; `hashes` is the pinned file before the bundle is added. */
function runtimeComponent(target: Target): Component {
  const source = runtimeSource(target);
  return {
    type: "platform",
    "bom-ref": `denort@${DENO_VERSION}?target=${target}`,
    name: "denort",
    version: DENO_VERSION,
    description: `The Deno runtime for ${target}, with V8 ${Deno.version.v8}`,
    licenses: [{ license: { id: "MIT" } }],
    hashes: [{ alg: "SHA-256", content: source.sha256 }],
    ...source.identical
      ? { purl: DENO_PURL }
      : { pedigree: npmPedigree(source) },
  };
}

/** Under Deno's purl the hash would be that of a file which Deno never released. */
function npmPedigree(
  { package: name, executable, integrity = "" }: RuntimeSource,
): Component {
  const origin = { name, version: PACKAGE_VERSION, integrity };
  return {
    ancestors: [
      {
        type: "application",
        ...packageIdentity(origin),
        hashes: [sha512(origin)],
      },
      {
        type: "platform",
        name: "deno",
        version: DENO_VERSION,
        purl: DENO_PURL,
      },
    ],
    notes:
      `Taken from ${executable} of ${name}, which was compiled with Deno ${DENO_VERSION}; it is not byte for byte the file of Deno's own release.`,
  };
}

async function packageComponents({ packages }: Payload): Promise<Component[]> {
  const find = await npmFolders();
  return await Promise.all(packages.map(async (one) => {
    const { license } = await find(one.name, one.version);
    return {
      type: "library",
      "bom-ref": purl(one),
      ...packageIdentity(one),
      licenses: [{ license: { id: license } }],
      hashes: [sha512(one)],
    };
  }));
}

type Named = Pick<BundledPackage, "name" | "version">;

function packageIdentity(one: Named): Component {
  const [base, scope] = one.name.split("/").reverse();
  return {
    ...scope !== undefined && { group: scope },
    name: base,
    version: one.version,
    purl: purl(one),
  };
}

function sha512(one: Pick<BundledPackage, "name" | "integrity">): Component {
  return { alg: "SHA-512", content: integrityHash(one) };
}

function dependencies(
  program: string,
  { payload, runtimes }: { payload: Payload; runtimes: readonly Component[] },
): Component[] {
  const refs = new Map(payload.packages.map((one) => [one.name, purl(one)]));
  const direct = payload.packages
    .filter(({ importedBy }) => importedBy.some((by) => by.startsWith("src/")));
  return [
    {
      ref: program,
      dependsOn: [
        ...runtimes.map((one) => one["bom-ref"]),
        ...direct.map(purl),
      ],
    },
    ...payload.packages.map((one) => ({
      ref: purl(one),
      dependsOn: one.dependencies.flatMap((name) =>
        refs.get(name.replace(/(?<=.)@.*$/, "")) ?? []
      ),
    })),
  ];
}

/** Equal payloads have equal documents, down to their number (RFC 9562, version 8). */
function uuidOf(hash: string): string {
  const variant = "89ab"[parseInt(hash[16] ?? "0", 16) % 4];
  return [
    hash.slice(0, 8),
    hash.slice(8, 12),
    `8${hash.slice(13, 16)}`,
    `${variant}${hash.slice(17, 20)}`,
    hash.slice(20, 32),
  ].join("-");
}
