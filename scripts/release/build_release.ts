import { dirname, join } from "node:path";
import { compileBundle, withBundle } from "../compile/build.ts";
import { programVersion } from "../compile/build_facts.ts";
import type { Bundle } from "../compile/bundle.ts";
import { filesBelow } from "../compile/fingerprint.ts";
import { fromRoot } from "../compile/paths.ts";
import { type Payload, payloadLines, payloadOf } from "../compile/payload.ts";
import type { Log } from "../compile/say.ts";
import type { Target } from "../compile/targets.ts";
import { programName } from "./artifacts.ts";
import { clearRelease } from "./clear_release.ts";
import { type Commit, currentCommit } from "./commit.ts";
import { completionFiles } from "./completion_files.ts";
import { thirdPartyLicences } from "./licences.ts";
import { manPage } from "./man_page.ts";
import {
  provenance,
  type ProvenanceInput,
  statementName,
} from "./provenance.ts";
import { sbom } from "./sbom.ts";
import { signFiles } from "./sign.ts";
import { SUMS, writeSums } from "./sums.ts";

export interface ReleaseInput {
  readonly folder: string;
  readonly targets: readonly Target[];
  /** An SSH key; without one nothing is signed. */
  readonly keyFile?: string | undefined;
  readonly log: Log;
}

/** What a program may weigh beside the runtime. */
const PAYLOAD_BUDGET = 1_200_000;

/** Builds everything that a factory downloads, and gives the names of the files. */
export async function buildRelease(input: ReleaseInput): Promise<string[]> {
  const { folder, targets, keyFile, log } = input;
  const commit = await currentCommit();
  const version = await programVersion();
  log(`standcloud ${version}, commit ${commit.name || "unknown"}`);
  await clearRelease(folder);
  const programs = targets.map((target) => programName(version, target));
  const { files, payload } = await withBundle(fromRoot("main.ts"), {
    commit: commit.name,
    use: async (made) => {
      const payload = await soundPayload(made, log);
      for (const [index, target] of targets.entries()) {
        const output = join(folder, programs[index] ?? "");
        await compileBundle(made, { target, output, log });
      }
      const files = await documents({ version, commit, payload, targets });
      return { files, payload };
    },
  });
  for (const [name, content] of files) {
    await Deno.mkdir(dirname(join(folder, name)), { recursive: true });
    await writeDocument(join(folder, name), content);
  }
  const names = [...programs, ...files.keys()];
  await writeSums(folder, names);
  if (keyFile !== undefined) {
    const built = { version, commit: commit.name, payload, targets };
    await signRelease(folder, { programs, names, keyFile, built });
    log(`signed   ${SUMS}, the programs and their statements, with ${keyFile}`);
  }
  return [...names, SUMS];
}

interface Signing {
  readonly programs: readonly string[];
  readonly names: readonly string[];
  readonly keyFile: string;
  readonly built: ProvenanceInput;
}

/** Signs the programs and the sums, and a statement about each: how was it made? */
async function signRelease(
  folder: string,
  { programs, names, keyFile, built }: Signing,
): Promise<void> {
  const about = [
    ...programs.map((name) => [name, [name]] as const),
    [SUMS, [...names, SUMS]] as const,
  ];
  for (const [name, subjects] of about) {
    const statement = await provenance(folder, subjects, built);
    const text = `${JSON.stringify(statement, null, 2)}\n`;
    await Deno.writeTextFile(join(folder, statementName(name)), text);
  }
  const signed = about.flatMap(([name]) => [name, statementName(name)]);
  await signFiles(folder, { names: signed, keyFile });
}

async function soundPayload(made: Bundle, log: Log): Promise<Payload> {
  const payload = await payloadOf(made);
  payloadLines(payload).forEach(log);
  if (payload.bytes <= PAYLOAD_BUDGET) return payload;
  throw new Error(`the payload has more than ${PAYLOAD_BUDGET} bytes`);
}

interface Released {
  readonly version: string;
  readonly commit: Commit;
  readonly payload: Payload;
  readonly targets: readonly Target[];
}

type Content = string | Uint8Array<ArrayBuffer>;

async function writeDocument(path: string, content: Content): Promise<void> {
  const bytes = typeof content === "string"
    ? new TextEncoder().encode(content)
    : content;
  const isScript = bytes[0] === 0x23 && bytes[1] === 0x21;
  await Deno.writeFile(path, bytes, { mode: isScript ? 0o755 : 0o644 });
}

/** Files of this repository, by name. */
function asTheyAre(names: readonly string[]): Promise<[string, Content][]> {
  return Promise.all(
    names.map(async (name) => [name, await Deno.readFile(fromRoot(name))]),
  );
}

/** README, and every page and picture that it leads to. */
async function manuals(): Promise<[string, Content][]> {
  const names = ["LICENSE", "README.md", "CONTRIBUTING.md"];
  for await (const path of filesBelow("docs")) {
    names.push(path.replaceAll("\\", "/"));
  }
  return await asTheyAre(names);
}

/** Everything but the programs, by name. */
async function documents(released: Released): Promise<Map<string, Content>> {
  const { version, commit, payload } = released;
  const { name, date } = commit;
  const bill = await sbom({ ...released, commit: name, date });
  const files = new Map<string, Content>([
    [`standcloud-${version}.cdx.json`, `${JSON.stringify(bill, null, 2)}\n`],
    ["THIRD-PARTY-LICENSES", await thirdPartyLicences(payload)],
    ...await manuals(),
    ["standcloud.1", manPage({ version, date })],
    ...completionFiles(),
  ]);
  for await (const path of filesBelow("scripts/provision")) {
    const text = await Deno.readTextFile(fromRoot(path));
    files.set(path.replaceAll("\\", "/").replace(/^scripts\//, ""), text);
  }
  return files;
}
