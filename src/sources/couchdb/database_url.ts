import { AppError } from "../../system/app_error.ts";
import { isLoopback } from "../../system/loopback.ts";
import { Secret } from "../../system/secret.ts";

/** Where HardPy's CouchDB is, and what logs in to it. */
export interface DatabaseUrl {
  /** As it is shown: without user and password. */
  readonly name: string;
  /** `http://localhost:5984` */
  readonly origin: string;
  /** Undefined: all databases in which HardPy stores runs. */
  readonly database: string | undefined;
  /** The value of the `Authorization` header. */
  readonly authorization: Secret | undefined;
}

const FORM = "http://USER:PASSWORD@HOST:PORT[/DATABASE]";

/** Whether a source is a URL, and no path of a file. */
export function isDatabaseUrl(text: string): boolean {
  return /^https?:\/\//i.test(text);
}

/** @throws `usage`; the message never repeats what was given. */
export function parseDatabaseUrl(text: string): DatabaseUrl {
  const url = URL.parse(text);
  if (url === null) throw wrong("it is no URL");
  const path = url.pathname.replace(/^\/|\/$/g, "");
  if (url.search !== "" || url.hash !== "") {
    throw wrong("it has something behind the name of the database");
  }
  if (path.includes("/")) throw wrong("it names more than a database");
  if (url.protocol !== "https:" && !isLoopback(url.hostname)) {
    throw new AppError(
      "usage",
      `http://${url.host} would send the database's password unencrypted`,
      {
        hints: [
          "http:// is for this computer (localhost) only: give https://, or forward a port with: ssh -L 5984:localhost:5984 HOST",
        ],
      },
    );
  }
  const database = path === "" ? undefined : decoded(path);
  return {
    name: path === "" ? url.origin : `${url.origin}/${path}`,
    origin: url.origin,
    database,
    authorization: basic(decoded(url.username), decoded(url.password)),
  };
}

/** The URL for what a hardpy.toml tells. */
export function databaseUrlOf(
  { host, port, user, password }: {
    host: string;
    port: number;
    user: string;
    password: Secret;
  },
): DatabaseUrl {
  const literal = host.includes(":") && !host.startsWith("[");
  const url = parseDatabaseUrl(
    `http://${literal ? `[${host}]` : host}:${port}`,
  );
  return { ...url, authorization: basic(user, password.reveal()) };
}

function basic(user: string, password: string): Secret | undefined {
  if (user === "" && password === "") return undefined;
  const bytes = new TextEncoder().encode(`${user}:${password}`);
  return new Secret(`Basic ${bytes.toBase64()}`);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that stands for itself.
    return text;
  }
}

function wrong(why: string): AppError {
  return new AppError("usage", `This is not the URL of a database: ${why}`, {
    hints: [
      `give ${FORM}; write / ? # @ of a password as %2F %3F %23 %40`,
    ],
  });
}
