import { AppError } from "../system/app_error.ts";
import type { Environment } from "../system/environment.ts";
import { Secret } from "../system/secret.ts";
import type { System } from "../system/system.ts";
import type { NamedKey } from "../tokens/bearer.ts";
import { type ChosenAddress, configuredAddress } from "./choose_address.ts";
import type { HardpyToml } from "./hardpy_toml.ts";

/** API keys for one address that were given to the program, not stored by it. */
export interface GivenKeys {
  /** Keys of the process's environment. The first one is used, instead of any stored login. */
  readonly environment: readonly NamedKey[];
  /** Why no key of the environment is sent to the address; undefined when one may be. */
  readonly refusal: AppError | undefined;
  /** Keys of the files that name the address. The first one is used where no login is stored. */
  configured(): Promise<readonly NamedKey[]>;
}

export interface GivenKeysOptions {
  /** The hardpy.toml of the command. */
  toml(): Promise<HardpyToml | undefined>;
  /** Says that an empty variable takes a key away. */
  note(line: string): void;
  /** Whether a login is stored for the address. */
  isStored(): Promise<boolean>;
}

export async function givenKeys(
  system: System,
  chosen: ChosenAddress,
  { toml, note, isStored }: GivenKeysOptions,
): Promise<GivenKeys> {
  const environment = environmentKeys(system.environment);
  let asked: Promise<readonly NamedKey[]> | undefined;
  const ask = async () => {
    const config = await toml();
    if (config?.address === undefined) return [];
    const { text } = configuredAddress(config);
    return text === chosen.address.text
      ? await configuredKeys(system, config, note)
      : [];
  };
  const configured = () => asked ??= ask();
  const otherwise = async () =>
    await isStored() ? STORED : (await configured())[0]?.name;
  const refusal = await refusalOf(environment, chosen, { otherwise });
  return { environment, refusal, configured };
}

/** What the user calls a login that lies in the store. */
export const STORED = "the stored login";

const VARIABLES = ["STANDCLOUD_API_KEY", "HARDPY_SC_API_KEY"] as const;

/** The API keys of the process's environment, first the one that is used. */
export function environmentKeys(environment: Environment): NamedKey[] {
  return VARIABLES.flatMap((name) => {
    const key = environment.secret(name);
    return key === undefined ? [] : [{ name, key }];
  });
}

/**
 * An API key of the environment goes only to an address that the same person
 * gave: a folder from elsewhere may hold a hardpy.toml with any address.
 */
async function refusalOf(
  environment: readonly NamedKey[],
  { address: { text }, origin, path = "" }: ChosenAddress,
  { otherwise }: { otherwise(): Promise<string | undefined> },
): Promise<AppError | undefined> {
  const [used] = environment;
  if (used === undefined || origin !== "found") return undefined;
  const names = environment.map(({ name }) => name).join(" and ");
  const next = await readable(otherwise);
  return new AppError(
    "usage",
    `${used.name} is not sent to ${text}, because only ${path} names this address`,
    {
      hints: [
        `if the address is right, set STANDCLOUD_ADDRESS=${text} or give --config "${path}"`,
        next === undefined
          ? `else unset ${names}, or write the key into .env beside hardpy.toml`
          : `else unset ${names}: then the command uses ${next}`,
      ],
    },
  );
}

/** A file that cannot be read does not hide why the key is refused. */
async function readable(
  find: () => Promise<string | undefined>,
): Promise<string | undefined> {
  try {
    return await find();
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/**
 * The keys for the address of a hardpy.toml, in HardPy's order. As with HardPy,
 * a variable that is set to nothing takes away the keys behind it.
 *
 * @throws `input_unreadable`, `config_invalid`
 */
async function configuredKeys(
  system: System,
  { path, apiKey }: HardpyToml,
  note: GivenKeysOptions["note"],
): Promise<readonly NamedKey[]> {
  // Loaded here, since a stand that is logged in needs it for no upload.
  const { KEY_VARIABLE, readDotenvKey } = await import("./dotenv_file.ts");
  const dotenv = await readDotenvKey(system, path);
  const found: NamedKey[] = [];
  if (system.environment.isEmpty(KEY_VARIABLE)) {
    found.push({ name: KEY_VARIABLE, key: new Secret("") });
  }
  if (dotenv !== undefined) {
    const name = `${KEY_VARIABLE} of ${dotenv.path}`;
    found.push({ name, key: new Secret(dotenv.key), path: dotenv.path });
  }
  if (apiKey !== undefined) {
    found.push({ name: `the api_key of ${path}`, key: apiKey, path });
  }
  const end = found.findIndex(({ key }) => key.reveal() === "");
  if (end === -1) return found;
  const [empty, ...others] = found.slice(end).map(({ name }) => name);
  for (const name of others) {
    note(`note: ${empty} is set to nothing, so ${name} is not used`);
  }
  return found.slice(0, end);
}
