import { AppError } from "../system/app_error.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import type { Service } from "../standcloud/service.ts";
import {
  type BearerOptions,
  type BearerSource,
  bearerSource,
  type StandBearer,
} from "../tokens/bearer.ts";
import { findKeySource, type KeySource } from "../tokens/key_source.ts";
import { openTokenStore, type TokenStore } from "../tokens/token_store.ts";
import {
  chooseAddress,
  type ChosenAddress,
  originName,
} from "./choose_address.ts";
import type { CommonFlags } from "./flags.ts";
import { type GivenKeys, givenKeys } from "./given_keys.ts";
import type { Output } from "./output.ts";

/** Which StandCloud a command works with, and what logs this stand in to it. */
export interface Target {
  readonly chosen: ChosenAddress;
  /** What seals the stored logins. */
  readonly keys: KeySource;
  readonly store: TokenStore;
  readonly given: GivenKeys;
}

/** What a command that talks to StandCloud works with; closes its connections when disposed. */
export interface Session extends Target, Disposable {
  readonly service: Service;
  readonly bearer: StandBearer;
  /** Of the stored login alone, whatever keys are given. */
  readonly storedBearer: BearerSource;
}

/** What every command is given. */
export interface CommandInput<Flags extends CommonFlags> {
  readonly system: System;
  readonly output: Output;
  readonly flags: Flags;
  /** Of test plans, named by the person: its hardpy.toml is used before that of the current folder. */
  readonly folder?: string;
}

/** @throws `usage` when no address is given and none can be concluded. */
export async function openSession(
  input: CommandInput<CommonFlags>,
  address: string | undefined,
): Promise<Session> {
  const { system, output, flags } = input;
  const target = await findTarget(input, address);
  const { chosen, store, given } = target;
  const caCertificates = await readAuthorities(system, flags.caFile);
  const http = system.openHttpClient({ caCertificates });
  const service = { address: chosen.address, http };
  const [environmentKey] = given.environment;
  const { refusal } = given;
  if (environmentKey !== undefined && refusal === undefined) {
    output.detail(`${environmentKey.name} is used instead of any stored login`);
  }
  const stored = {
    store,
    clock: system.clock,
    signal: system.interrupted,
    ...tellingOf(output),
  };
  const bearer = bearerSource(service, {
    ...stored,
    apiKey: environmentKey,
    configuredKey: async () => (await given.configured())[0],
  });
  return {
    ...target,
    service,
    storedBearer: bearerSource(service, stored),
    bearer: refusal === undefined
      ? bearer
      : Object.assign(() => Promise.reject(refusal), bearer),
    [Symbol.dispose]: () => http[Symbol.dispose](),
  };
}

/** @throws `usage` when no address is given and none can be concluded. */
export async function findTarget(
  { system, output, flags, folder }: CommandInput<CommonFlags>,
  address: string | undefined,
): Promise<Target> {
  const keys = await findKeySource(system, flags.keyFile, flags);
  const store = openTokenStore(system, keys);
  const toml = lazy(async () => {
    const { readHardpyToml } = await import("./hardpy_toml.ts");
    const folders = folder === undefined ? ["."] : [folder, "."];
    return await readHardpyToml(system, flags.config, folders);
  });
  const chosen = await chooseAddress({ system, store, toml }, address);
  if (chosen.origin !== "argument") {
    output.detail(`Address from ${originName(chosen)}`);
  }
  const given = givenKeys(system, chosen, {
    toml,
    note: (line) => output.note(line),
  });
  return { chosen, keys, store, given };
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

/** Undefined when no address is given and none can be concluded. */
export async function targetIfKnown(
  input: CommandInput<CommonFlags>,
): Promise<Target | undefined> {
  try {
    return await findTarget(input, undefined);
  } catch (error) {
    // A wrong address is another mistake than none.
    const isNone = error instanceof AppError && error.code === "usage" &&
      input.system.environment.get("STANDCLOUD_ADDRESS") === undefined;
    if (!isNone) throw error;
    return undefined;
  }
}

/** For a dry run, which needs no address. */
export async function addressIfKnown(
  input: CommandInput<CommonFlags>,
): Promise<string | undefined> {
  return (await targetIfKnown(input))?.chosen.address.text;
}

/** The stored logins alone, for commands that need no address. */
export async function openStore(
  { system, flags }: CommandInput<CommonFlags>,
): Promise<{ store: TokenStore; keys: KeySource }> {
  const keys = await findKeySource(system, flags.keyFile, flags);
  return { store: openTokenStore(system, keys), keys };
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
