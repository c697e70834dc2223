import { AppError } from "../system/app_error.ts";
import type { Service } from "../standcloud/service.ts";
import type { HttpClient } from "../system/http_client.ts";
import type { System } from "../system/system.ts";
import type {
  BearerOptions,
  BearerSource,
  StandBearer,
} from "../tokens/bearer.ts";
import { findKeySource } from "../tokens/find_key_source.ts";
import type { KeySource } from "../tokens/key_source.ts";
import { openTokenStore } from "../tokens/age_files.ts";
import type { TokenStore } from "../tokens/token_store.ts";
import { readAuthorities } from "./authorities.ts";
import {
  chooseAddress,
  type ChosenAddress,
  originName,
} from "./choose_address.ts";
import { type GivenKeys, givenKeys } from "./given_keys.ts";
import type { HardpyToml } from "./hardpy_toml.ts";

/** What the person has said of the stand. */
export interface StandFlags {
  readonly noInput?: boolean;
  /** Each request is told. */
  readonly verbose?: boolean;
  /** A hardpy.toml, or its folder. */
  readonly config?: string;
  readonly caFile?: string;
  readonly keyFile?: string;
}

/** What the person hears while parts of the stand are opened and used. */
export interface StandTelling {
  note(line: string): void;
  detail(line: string): void;
  warn(message: string): void;
  /** An error that does not end the command at once. */
  fault(error: AppError): void;
}

/** Which StandCloud a command works with, and what logs this stand in to it. */
export interface Target {
  readonly chosen: ChosenAddress;
  /** What seals the stored logins. */
  readonly keys: KeySource;
  readonly store: TokenStore;
  readonly given: GivenKeys;
}

/** What a command that talks to StandCloud works with. */
export interface Session extends Target {
  readonly service: Service;
  readonly bearer: StandBearer;
  /** Of the stored login alone, whatever keys are given. */
  readonly storedBearer: BearerSource;
}

/** A part that is opened when it is first asked for, and closed with the stand. */
type Part<T> = (system: System, warn: (message: string) => void) => Promise<T>;

/** This stand, for one command: each part is opened once, when it is needed. */
export class Stand implements AsyncDisposable {
  readonly #system: System;
  readonly #flags: StandFlags;
  readonly #tell: StandTelling;
  readonly #folders: readonly string[];
  readonly #opened = new Map<unknown, Promise<unknown>>();
  readonly #resources = new AsyncDisposableStack();

  /** @param folders where a hardpy.toml is looked for, unless one is named. */
  constructor(
    system: System,
    flags: StandFlags,
    { tell, folders = ["."] }: {
      tell: StandTelling;
      folders?: readonly string[];
    },
  ) {
    this.#system = system;
    this.#flags = flags;
    this.#tell = tell;
    this.#folders = folders;
  }

  /** The same stand for a folder of test plans: its hardpy.toml counts first. */
  inFolder(folder: string): Stand {
    const options = { tell: this.#tell, folders: [folder, ...this.#folders] };
    const stand = new Stand(this.#system, this.#flags, options);
    return this.#resources.use(stand);
  }

  /** The stored logins, and what seals them. */
  logins(): Promise<Pick<Target, "keys" | "store">> {
    return this.#once("logins", async () => {
      const { keyFile } = this.#flags;
      const keys = await findKeySource(this.#system, keyFile, {
        ...this.#flags,
        warn: (message) => this.#tell.warn(message),
      });
      return { keys, store: openTokenStore(this.#system, keys) };
    });
  }

  /** @throws `usage` when no address is given and none can be concluded. */
  target(address?: string): Promise<Target> {
    return this.#once(`target ${address}`, () => this.#findTarget(address));
  }

  /** Undefined when no address is given and none can be concluded. */
  async targetIfKnown(): Promise<Target | undefined> {
    try {
      return await this.target();
    } catch (error) {
      // A wrong address is another mistake than none.
      const { environment } = this.#system;
      const isNone = error instanceof AppError && error.code === "usage" &&
        environment.get("STANDCLOUD_ADDRESS") === undefined;
      if (!isNone) throw error;
      return undefined;
    }
  }

  /** For a dry run, which needs no address. */
  async addressIfKnown(): Promise<string | undefined> {
    return (await this.targetIfKnown())?.chosen.address.text;
  }

  /** @throws `usage` when no address is given and none can be concluded. */
  session(address?: string): Promise<Session> {
    return this.#once(`session ${address}`, () => this.#openSession(address));
  }

  /** A part that another room knows, such as the ledger. */
  part<T extends AsyncDisposable>(open: Part<T>): Promise<T> {
    const warn = (message: string) => this.#tell.warn(message);
    return this.#once(
      open,
      async () => this.#resources.use(await open(this.#system, warn)),
    );
  }

  /** The HTTP client of all that this command asks. */
  http(): Promise<HttpClient> {
    return this.#once("http", async () => {
      const { caFile } = this.#flags;
      const caCertificates = await readAuthorities(this.#system, caFile);
      const http = this.#system.openHttpClient({ caCertificates });
      this.#resources.use(http);
      if (!this.#flags.verbose) return http;
      const { toldRequests } = await import("./told_requests.ts");
      return toldRequests(http, {
        clock: this.#system.clock,
        tell: (line) => this.#tell.detail(line),
      });
    });
  }

  /** The hardpy.toml of this stand; undefined when there is none. */
  hardpyToml(): Promise<HardpyToml | undefined> {
    return this.#once("hardpy.toml", async () => {
      const { readHardpyToml } = await import("./hardpy_toml.ts");
      const { config } = this.#flags;
      return await readHardpyToml(this.#system, config, this.#folders);
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#resources[Symbol.asyncDispose]();
  }

  #once<T>(name: unknown, open: () => Promise<T>): Promise<T> {
    const known = this.#opened.get(name) ?? open();
    this.#opened.set(name, known);
    return known as Promise<T>;
  }

  async #findTarget(address: string | undefined): Promise<Target> {
    const system = this.#system;
    const { keys, store } = await this.logins();
    const toml = () => this.hardpyToml();
    const chosen = await chooseAddress({ system, store, toml }, address);
    if (chosen.origin !== "argument") {
      this.#tell.detail(`Address from ${originName(chosen)}`);
    }
    const note = (line: string) => this.#tell.note(line);
    const isStored = () => store.has(chosen.address);
    const given = await givenKeys(system, chosen, { toml, note, isStored });
    return { chosen, keys, store, given };
  }

  async #openSession(address: string | undefined): Promise<Session> {
    const target = await this.target(address);
    const { chosen, store, given } = target;
    const http = await this.http();
    const service = { address: chosen.address, http };
    const [environmentKey] = given.environment;
    const { refusal } = given;
    if (environmentKey !== undefined && refusal === undefined) {
      const { name } = environmentKey;
      this.#tell.detail(`${name} is used instead of any stored login`);
    }
    const { clock, interrupted: signal } = this.#system;
    const { bearerSource } = await import("../tokens/bearer.ts");
    const stored = { store, clock, signal, ...this.#renewals() };
    const bearer = bearerSource(service, {
      ...stored,
      apiKey: environmentKey,
      configuredKey: async () => {
        const [key] = await given.configured();
        if (key?.path !== undefined) await this.#tellExposure(key.path);
        return key;
      },
    });
    return {
      ...target,
      service,
      storedBearer: bearerSource(service, stored),
      bearer: refusal === undefined
        ? bearer
        : Object.assign(() => Promise.reject(refusal), bearer),
    };
  }

  /** Once, when a key is used that others could get at. */
  #tellExposure(path: string): Promise<void> {
    return this.#once(`exposure ${path}`, async () => {
      const { exposureOf } = await import("../system/secret_files.ts");
      const exposure = await exposureOf(path);
      if (exposure !== undefined) this.#tell.warn(exposure);
    });
  }

  /** What the person hears of a renewal that does not go as it should. */
  #renewals(): Pick<
    BearerOptions,
    "onUnsaved" | "onHeldUp" | "onNotRenewed"
  > {
    return {
      onUnsaved: (error) => this.#tell.fault(error),
      onHeldUp: () =>
        this.#tell.note(
          "waiting for the renewed login, which would be lost otherwise; interrupt once more to end at once",
        ),
      onNotRenewed: (message) => this.#tell.note(`warning: ${message}`),
    };
  }
}
