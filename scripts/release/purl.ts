import type { BundledPackage } from "../compile/payload.ts";

/** The package URL of an npm package (package-url/purl-spec, type npm). */
export function purl(
  { name, version }: Pick<BundledPackage, "name" | "version">,
): string {
  return `pkg:npm/${name.replace("@", "%40")}@${version}`;
}

/** The SHA-512 of a package's archive in hex, as deno.lock gives it. */
export function integrityHash(
  { name, integrity }: Pick<BundledPackage, "name" | "integrity">,
): string {
  const [algorithm, base64] = integrity.split("-", 2);
  if (algorithm !== "sha512" || base64 === undefined) {
    throw new Error(`no SHA-512 is known for ${name}`);
  }
  return Uint8Array.fromBase64(base64).toHex();
}
