import { join } from "node:path";
import { fromRoot } from "../compile/paths.ts";
import type { Payload } from "../compile/payload.ts";
import { DENO_VERSION } from "../compile/targets.ts";
import { npmFolders, type PackageFiles } from "./npm_folder.ts";

const OWN_TEXTS = "scripts/release/licences";

const INTRODUCTION =
  `What standcloud contains of others, and under which licence.

The program is the Deno runtime with a bundle of JavaScript in it. Listed are:
every npm package with code in that bundle, with the licence text that the
package brings (where it brings none: the text of the licence it names); the
Deno runtime; V8, the JavaScript engine in it. The Rust crates that are linked
into the Deno runtime, and the libraries within V8, are not listed one by one:
see https://github.com/denoland/deno/tree/v${DENO_VERSION} (Cargo.lock) and
https://github.com/denoland/rusty_v8.
`;

/** The text of THIRD-PARTY-LICENSES. */
export async function thirdPartyLicences(payload: Payload): Promise<string> {
  const find = await npmFolders();
  const packages = [...payload.packages].sort((a, b) =>
    a.name < b.name ? -1 : 1
  );
  const parts = [
    part(`Deno ${DENO_VERSION}`, "MIT", await ownText("deno")),
    part(`V8 ${Deno.version.v8}`, "BSD-3-Clause", await ownText("v8")),
  ];
  for (const { name, version } of packages) {
    const files = await find(name, version);
    const text = await licenceText(files) ?? await namedText(name, files);
    parts.push(part(`${name} ${version}`, files.license, text));
  }
  return [INTRODUCTION, ...parts].join("\n");
}

function part(name: string, license: string, text: string): string {
  const rule = "=".repeat(78);
  return `${rule}\n${name} (${license})\n${rule}\n\n${text.trim()}\n`;
}

/** The licence file of a package, or null where it has none. */
async function licenceText({ folder }: PackageFiles): Promise<string | null> {
  for await (const { name, isFile } of Deno.readDir(folder)) {
    if (isFile && /^licen[cs]e(?:\.(?:md|txt))?$/i.test(name)) {
      return await Deno.readTextFile(join(folder, name));
    }
  }
  return null;
}

async function namedText(
  name: string,
  { license }: PackageFiles,
): Promise<string> {
  return await ownText(license).catch(() => {
    throw new Error(
      `${name} (${license}) brings no licence text: add ${OWN_TEXTS}/${license}.txt`,
    );
  });
}

async function ownText(name: string): Promise<string> {
  return await Deno.readTextFile(fromRoot(`${OWN_TEXTS}/${name}.txt`));
}
