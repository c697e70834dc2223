import { deepStrictEqual as equal, ok, throws } from "node:assert/strict";
import {
  databaseUrlOf,
  isDatabaseUrl,
  parseDatabaseUrl,
} from "../../../src/sources/couchdb/database_url.ts";
import { Secret } from "../../../src/system/secret.ts";
import { AppError } from "../../../src/system/app_error.ts";

const basic = (text: string) => `Basic ${btoa(text)}`;

Deno.test("parseDatabaseUrl() keeps user and password out of the name", () => {
  const cases: [
    url: string,
    name: string,
    database?: string | undefined,
    header?: string,
  ][] = [
    ["http://localhost:5984", "http://localhost:5984"],
    [
      "http://dev:a%2Fb%40@localhost:5984/",
      "http://localhost:5984",
      undefined,
      basic("dev:a/b@"),
    ],
    [
      "HTTP://dev:100%@127.0.0.1/report",
      "http://127.0.0.1/report",
      "report",
      basic("dev:100%"),
    ],
    [
      "https://dev:dev@couch.example/a%2Fb/",
      "https://couch.example/a%2Fb",
      "a/b",
      basic("dev:dev"),
    ],
    ["http://[::1]:5984/runstore", "http://[::1]:5984/runstore", "runstore"],
  ];
  for (const [text, name, database, header] of cases) {
    ok(isDatabaseUrl(text));
    const url = parseDatabaseUrl(text);
    equal(url.name, name);
    equal(url.database, database);
    equal(url.authorization?.reveal(), header);
    ok(!JSON.stringify(url).includes("dev"));
  }
});

Deno.test("parseDatabaseUrl() refuses what is no database, and http to another computer, without repeating it", () => {
  for (
    const text of [
      "http://u:canary@host:5984",
      "http://u:canary@0.0.0.0:5984",
      "http://u:canary@localhost.example",
      "http://u:ca/nary@localhost",
      "http://u:canary@localhost/a/b",
      "http://u:canary@localhost/a?b=canary",
      "http://u:canary@localhost/#canary",
      "http://u:canary@localhost:99999",
    ]
  ) {
    throws(
      () => parseDatabaseUrl(text),
      (error) =>
        error instanceof AppError && error.code === "usage" &&
        !JSON.stringify([error.message, error.hints]).includes("canary"),
      text,
    );
  }
});

Deno.test("isDatabaseUrl() is false for paths", () => {
  for (const path of ["runs", "http", "./http://a", "http:/a", "C:\\a", "-"]) {
    equal(isDatabaseUrl(path), false, path);
  }
});

Deno.test("databaseUrlOf() takes what hardpy.toml says, whatever the password holds", () => {
  const url = databaseUrlOf({
    host: "::1",
    port: 5984,
    user: "dev",
    password: new Secret("a/b@c:d#ü"),
  });
  equal(url.name, "http://[::1]:5984");
  const bytes = new TextEncoder().encode("dev:a/b@c:d#ü");
  equal(url.authorization?.reveal(), `Basic ${bytes.toBase64()}`);
});
