import { AppError } from "../system/app_error.ts";
import { type Address, parseAddress } from "../standcloud/address.ts";
import type { NamedKey } from "../tokens/bearer.ts";
import type { HardpyToml } from "./hardpy_toml.ts";

/** @throws `config_invalid` naming the file. */
export function configuredAddress(
  { path, address = "" }: HardpyToml,
): Address {
  try {
    return parseAddress(address);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new AppError("config_invalid", `${path}: ${error.message}`, {
      hints: error.hints,
    });
  }
}

/** The API key of a hardpy.toml and the only address that it goes to. */
export interface ConfiguredKey extends NamedKey {
  readonly address: Address;
}

/** Undefined where the file does not say which address its key is for. */
export function configuredKey(
  config: HardpyToml | undefined,
): ConfiguredKey | undefined {
  if (config?.address === undefined || config.apiKey === undefined) {
    return undefined;
  }
  return {
    name: `the api_key of ${config.path}`,
    key: config.apiKey,
    address: configuredAddress(config),
  };
}
