import { join } from "node:path";
import type { Payload } from "../compile/payload.ts";
import { sha256 } from "../compile/sha256.ts";
import {
  DENO_VERSION,
  runtimeSource,
  type Target,
} from "../compile/targets.ts";
import { integrityHash, purl } from "./purl.ts";

/** Where the statement about a file lies. */
export function statementName(name: string): string {
  return `${name}.intoto.json`;
}

export interface ProvenanceInput {
  readonly version: string;
  /** The git commit that was built. */
  readonly commit: string;
  readonly payload: Payload;
  readonly targets: readonly Target[];
}

interface Subject {
  readonly name: string;
  readonly digest: { readonly sha256: string };
}

/** An in-toto Statement, as far as it is read again here. */
interface Statement {
  readonly subject: readonly Subject[];
}

const BUILD_TYPE = "urn:standcloud:release-script:v1";

/**
 * An in-toto Statement v1 with an SLSA provenance v1 predicate about the named
 * files of a folder. It holds no time: equal builds have equal statements.
 */
export async function provenance(
  folder: string,
  names: readonly string[],
  input: ProvenanceInput,
): Promise<Record<string, unknown>> {
  const { version, commit, targets } = input;
  return {
    _type: "https://in-toto.io/Statement/v1",
    subject: await subjects(folder, names),
    predicateType: "https://slsa.dev/provenance/v1",
    predicate: {
      buildDefinition: {
        buildType: BUILD_TYPE,
        externalParameters: { version, targets },
        resolvedDependencies: [
          { name: "source", digest: { gitCommit: commit } },
          await toolchain(),
          ...runtimes(targets),
          ...packages(input.payload),
        ],
      },
      runDetails: { builder: { id: BUILD_TYPE } },
    },
  };
}

function subjects(
  folder: string,
  names: readonly string[],
): Promise<Subject[]> {
  return Promise.all(
    [...names].sort().map(async (name) => {
      const bytes = await Deno.readFile(join(folder, name));
      return { name, digest: { sha256: await sha256(bytes) } };
    }),
  );
}

/** The Deno that runs the build; scripts/deno.sha256 pins it. */
async function toolchain(): Promise<Record<string, unknown>> {
  const bytes = await Deno.readFile(Deno.execPath());
  return {
    name: `deno ${DENO_VERSION}`,
    digest: { sha256: await sha256(bytes) },
  };
}

function runtimes(targets: readonly Target[]): Record<string, unknown>[] {
  return targets.map((target) => ({
    name: `denort ${DENO_VERSION} ${target}`,
    digest: { sha256: runtimeSource(target).sha256 },
  }));
}

function packages(payload: Payload): Record<string, unknown>[] {
  return payload.packages.map((one) => ({
    uri: purl(one),
    digest: { sha512: integrityHash(one) },
  }));
}

/** Subjects of a statement whose file is missing or has another SHA-256. */
export async function wrongSubjects(
  folder: string,
  name: string,
): Promise<string[]> {
  const text = await Deno.readTextFile(join(folder, statementName(name)));
  const { subject } = JSON.parse(text) as Statement;
  const wrong = subject.some((one) => one.name === name) ? [] : [name];
  for (const { name, digest } of subject) {
    const bytes = await Deno.readFile(join(folder, name)).catch(() => null);
    if (bytes === null || await sha256(bytes) !== digest.sha256) {
      wrong.push(name);
    }
  }
  return wrong;
}
