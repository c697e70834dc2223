import { AppError } from "../system/app_error.ts";
import type { System } from "../system/system.ts";
import {
  type Address,
  addressOfFileName,
  parseAddress,
} from "../standcloud/address.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import type { HardpyToml } from "./hardpy_toml.ts";

/** The address that a command works with, and where it came from. */
export interface ChosenAddress {
  readonly address: Address;
  /**
   * `named`: a hardpy.toml that `--config` names; `found`: one that lies in the
   * folder; `login`: the only stored login, so that the person gave the address
   * when logging in.
   */
  readonly origin: "argument" | "variable" | "named" | "found" | "login";
  /** The path of the hardpy.toml that names it. */
  readonly path?: string;
}

/** As the user calls it. */
export function originName({ origin, path = "" }: ChosenAddress): string {
  return {
    argument: "the command line",
    variable: "STANDCLOUD_ADDRESS",
    named: path,
    found: path,
    login: "the only stored login",
  }[origin];
}

interface AddressSources {
  readonly system: System;
  readonly store: TokenStore;
  readonly toml: () => Promise<HardpyToml | undefined>;
}

/** @throws `usage` when no address is given and none can be concluded. */
export async function chooseAddress(
  { system, store, toml }: AddressSources,
  given: string | undefined,
): Promise<ChosenAddress> {
  if (given !== undefined) {
    return { address: parseAddress(given), origin: "argument" };
  }
  const variable = system.environment.get("STANDCLOUD_ADDRESS");
  if (variable !== undefined) {
    return { address: parseAddress(variable), origin: "variable" };
  }
  const config = await toml();
  if (config?.address !== undefined) {
    const { path, isNamed } = config;
    const address = configuredAddress(config);
    return { address, origin: isNamed ? "named" : "found", path };
  }
  const [only, ...others] = await store.list();
  if (only !== undefined && others.length === 0) {
    const address = parseAddress(await addressOfLogin(store, only));
    return { address, origin: "login" };
  }
  throw new AppError(
    "usage",
    only === undefined
      ? "No StandCloud address is given"
      : `This stand is logged in to several addresses (${
        [only, ...others].map(addressOfFileName).join(", ")
      }): say which one`,
    {
      hints: [
        "set STANDCLOUD_ADDRESS, or address below [stand_cloud] in hardpy.toml, or give ADDRESS where the command takes one",
      ],
    },
  );
}

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

/** The address of a stored login; of a damaged one what its file name tells. */
export async function addressOfLogin(
  store: TokenStore,
  fileName: string,
): Promise<string> {
  try {
    const stored = await store.outline(fileName);
    if (stored !== undefined) return stored.address;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return addressOfFileName(fileName);
}
