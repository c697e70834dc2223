import { AppError } from "../system/app_error.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import {
  type Address,
  addressOfFileName,
  parseAddress,
} from "../standcloud/address.ts";
import type { Service } from "../standcloud/service.ts";
import {
  type BearerOptions,
  type BearerSource,
  bearerSource,
  type NamedKey,
  type StandBearer,
} from "../tokens/bearer.ts";
import { findKeySource, type KeySource } from "../tokens/key_source.ts";
import { openTokenStore, type TokenStore } from "../tokens/token_store.ts";
import { configuredAddress, configuredKey } from "./configured_key.ts";
import type { CommonFlags } from "./flags.ts";
import type { HardpyToml } from "./hardpy_toml.ts";
import type { Output } from "./output.ts";

/** What a command that talks to StandCloud works with; closes its connections when disposed. */
export interface Session extends Disposable {
  readonly service: Service;
  readonly store: TokenStore;
  readonly bearer: StandBearer;
  /** Of a hardpy.toml, for this address. */
  readonly configuredKey: () => Promise<NamedKey | undefined>;
  /** Of the stored login alone, whatever keys are configured. */
  readonly storedBearer: BearerSource;
}

/** What every command is given. */
export interface CommandInput<Flags extends CommonFlags> {
  readonly system: System;
  readonly output: Output;
  readonly flags: Flags;
}

/** @throws `usage` when no address is given and none can be concluded. */
export async function openSession(
  { system, output, flags }: CommandInput<CommonFlags>,
  given: string | undefined,
): Promise<Session> {
  const keys = await findKeySource(system, flags.keyFile, flags);
  const store = openTokenStore(system, keys);
  const toml = lazy(async () => {
    const { readHardpyToml } = await import("./hardpy_toml.ts");
    return await readHardpyToml(system, flags.config);
  });
  const address = await chooseAddress({ system, store, toml, output }, given);
  const caCertificates = await readAuthorities(system, flags.caFile);
  const http = system.openHttpClient({ caCertificates });
  const service = { address, http };
  const environmentKey = system.environment.secret("STANDCLOUD_API_KEY");
  if (environmentKey !== undefined) {
    output.detail("STANDCLOUD_API_KEY is used instead of any stored login");
  }
  const stored = {
    store,
    clock: system.clock,
    signal: system.interrupted,
    ...tellingOf(output),
  };
  const keyOfToml = async () => {
    const key = configuredKey(await toml());
    return key?.address.text === address.text ? key : undefined;
  };
  return {
    service,
    store,
    configuredKey: keyOfToml,
    storedBearer: bearerSource(service, stored),
    bearer: bearerSource(service, {
      ...stored,
      apiKey: environmentKey && {
        name: "STANDCLOUD_API_KEY",
        key: environmentKey,
      },
      configuredKey: keyOfToml,
    }),
    [Symbol.dispose]: () => http[Symbol.dispose](),
  };
}

/** What the person hears of a renewal that does not go as it should. */
function tellingOf(
  output: Output,
): Pick<BearerOptions, "onUnsaved" | "onHeldUp" | "onNotRenewed"> {
  return {
    onUnsaved: (error) => output.fault(error),
    onHeldUp: () =>
      output.note(
        "waiting for the renewed login, which would be lost otherwise; interrupt once more to end at once",
      ),
    onNotRenewed: (message) => output.note(`warning: ${message}`),
  };
}

/** For what can do without: a dry run needs no address, but then nobody knows what was uploaded. */
export async function addressIfKnown(
  input: CommandInput<CommonFlags>,
): Promise<string | undefined> {
  try {
    const session = await openSession(input, undefined);
    using _session = session;
    return session.service.address.text;
  } catch (error) {
    // A wrong address is another mistake than none.
    const isNone = error instanceof AppError && error.code === "usage" &&
      input.system.environment.get("STANDCLOUD_ADDRESS") === undefined;
    if (!isNone) throw error;
    return undefined;
  }
}

/** The stored logins alone, for commands that need no address. */
export async function openStore(
  { system, flags }: CommandInput<CommonFlags>,
): Promise<{ store: TokenStore; keys: KeySource }> {
  const keys = await findKeySource(system, flags.keyFile, flags);
  return { store: openTokenStore(system, keys), keys };
}

interface AddressSources {
  readonly system: System;
  readonly store: TokenStore;
  readonly toml: () => Promise<HardpyToml | undefined>;
  readonly output: Output;
}

async function chooseAddress(
  { system, store, toml, output }: AddressSources,
  given: string | undefined,
): Promise<Address> {
  if (given !== undefined) return parseAddress(given);
  const environment = system.environment.get("STANDCLOUD_ADDRESS");
  if (environment !== undefined) {
    output.detail("Address from STANDCLOUD_ADDRESS");
    return parseAddress(environment);
  }
  const config = await toml();
  if (config?.address !== undefined) {
    output.detail(`Address from ${config.path}`);
    return configuredAddress(config);
  }
  const [only, ...others] = await store.list();
  if (only !== undefined && others.length === 0) {
    return parseAddress(await addressOfLogin(store, only));
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

/** The address of a stored login; of a damaged one what its file name tells. */
export async function addressOfLogin(
  store: TokenStore,
  fileName: string,
): Promise<string> {
  try {
    const stored = await store.loadByFileName(fileName);
    if (stored !== undefined) return stored.login.address;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
  return addressOfFileName(fileName);
}

const CA_SIZE_LIMIT = 4 * 1024 * 1024;

/** PEM texts; the runtime itself reads SSL_CERT_FILE. */
async function readAuthorities(
  system: System,
  flag: string | undefined,
): Promise<string[]> {
  const path = flag ?? system.environment.get("STANDCLOUD_CA_FILE");
  if (path === undefined) return [];
  const bytes = await system.inputFiles.read(path, CA_SIZE_LIMIT);
  const text = settingsText(bytes);
  if (text.includes("-----BEGIN CERTIFICATE-----")) return [text];
  throw new AppError(
    "input_unreadable",
    `"${path}" holds no certificate in PEM form`,
    { hints: ["it must have a line -----BEGIN CERTIFICATE-----"] },
  );
}

function lazy<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => made ??= make();
}
