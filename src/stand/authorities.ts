import { AppError } from "../system/app_error.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";

const SIZE_LIMIT = 4 * 1024 * 1024;

/**
 * The certificate authorities beside those of the operating system, as PEM
 * texts. The runtime itself reads SSL_CERT_FILE.
 *
 * @param flag a path that the person gave; default: STANDCLOUD_CA_FILE.
 * @throws `input_unreadable`
 */
export async function readAuthorities(
  system: System,
  flag: string | undefined,
): Promise<string[]> {
  await requireSmall(system, system.environment.get("SSL_CERT_FILE"));
  const path = flag ?? system.environment.get("STANDCLOUD_CA_FILE");
  if (path === undefined) return [];
  const bytes = await system.inputFiles.read(path, SIZE_LIMIT);
  const text = settingsText(bytes);
  if (text.includes("-----BEGIN CERTIFICATE-----")) return [text];
  throw new AppError(
    "input_unreadable",
    `"${path}" holds no certificate in PEM form`,
    { hints: ["it must have a line -----BEGIN CERTIFICATE-----"] },
  );
}

/** The runtime would take the memory for a file of any size. */
async function requireSmall(
  { inputFiles }: System,
  path: string | undefined,
): Promise<void> {
  const info = path === undefined ? undefined : await inputFiles.info(path);
  if (info === undefined || info.size <= SIZE_LIMIT) return;
  throw new AppError(
    "input_unreadable",
    `"${path}" of SSL_CERT_FILE is too large for certificate authorities`,
    { hints: ["set SSL_CERT_FILE to a file in PEM form, or unset it"] },
  );
}
