import assert from "node:assert/strict";
import { circles } from "./architecture/circles.ts";
import { codeOnly } from "./architecture/code_only.ts";
import { functionsOf } from "./architecture/functions.ts";
import { importsOf } from "./architecture/imports.ts";
import {
  barrels,
  exits,
  layerViolations,
  libraryViolations,
  longFiles,
  longFunctions,
  lostDisposals,
  machineMentions,
  medianLines,
  outsideWorldViolations,
} from "./architecture/rules.ts";
import { readSource, readSources } from "./architecture/source_file.ts";

const MEDIAN_LINES = 80;
/** Libraries of the sandbox; the rest of the tests' own. */
const SANDBOX_LIBRARIES = ["@peculiar/x509", "oidc-provider"];
/** Of the build: it tells which source a piece of the bundle came from. */
const BUILD_LIBRARIES = [
  "@jridgewell/sourcemap-codec",
  "ts-json-schema-generator",
];
const TEST_LIBRARIES = [
  "@cyclonedx/cyclonedx-library/Spec",
  "@cyclonedx/cyclonedx-library/Validation",
  "ajv",
  "ajv-formats",
  "ajv-formats-draft2019",
  "@dagrejs/graphlib",
  "axe-core",
  "fast-check",
  "playwright-core",
  "pouchdb-server",
];

const source = await readSources("src");
const scripts = await readSources("scripts");
const tests = await readSources("tests");
const main = await readSource("main.ts");
const configuration = await readSource("deno.json");
const { imports } = JSON.parse(configuration.text);
const libraries = Object.keys(imports);

Deno.test("readSources() and importsOf() saw the whole tree", () => {
  assert.ok(source.length >= 50, `${source.length} files of src`);
  assert.ok(scripts.length >= 40, `${scripts.length} files of scripts`);
  assert.ok(tests.length >= 30, `${tests.length} files of tests`);
  assert.ok(libraries.length >= 8, `${libraries.length} libraries`);
  const seen = source.flatMap(importsOf);
  assert.ok(seen.length >= 150, `${seen.length} imports`);
  // Each of these words opens an import or a re-export, and is never used otherwise.
  const words = source.flatMap(({ text }) => text.match(/^import\b/gm) ?? []);
  assert.ok(seen.length >= words.length);
});

Deno.test("functionsOf() saw every function that has a name", () => {
  const found = source.flatMap(functionsOf);
  assert.ok(found.length >= 200, `${found.length} functions`);
  for (const file of source) {
    const names = functionsOf(file).map(({ name }) => name);
    for (
      const [, name] of codeOnly(file.text).matchAll(
        /^\s*(?:export )?(?:async )?function (\w+)/gm,
      )
    ) {
      assert.ok(names.includes(name ?? ""), `${file.path}: ${name}`);
    }
  }
});

Deno.test("src imports downwards only, never sideways; src/runs and src/page stay pure", () => {
  assert.deepEqual(layerViolations(source), []);
});

Deno.test("no files of src or scripts import each other in a circle, inside rooms either, nor for types", () => {
  assert.deepEqual(circles([...source, ...scripts]), []);
});

Deno.test("src touches the outside world only in src/system", () => {
  assert.deepEqual(outsideWorldViolations(source), []);
});

Deno.test("src imports each library in exactly one file, and none of the tests'", () => {
  const notOurs = [
    ...SANDBOX_LIBRARIES,
    ...BUILD_LIBRARIES,
    ...TEST_LIBRARIES,
  ];
  const ours = libraries.filter((name) => !notOurs.includes(name));
  assert.deepEqual(libraryViolations([main, ...source], ours), []);
});

Deno.test("scripts import the libraries of sandbox and build in exactly one file each", () => {
  const allowed = [...SANDBOX_LIBRARIES, ...BUILD_LIBRARIES];
  assert.deepEqual(libraryViolations(scripts, allowed), []);
});

Deno.test("no file has more than 250 lines", () => {
  assert.deepEqual(longFiles([main, ...source, ...scripts, ...tests]), []);
});

Deno.test("no function of src has more than 50 lines", () => {
  assert.deepEqual(longFunctions(source), []);
});

Deno.test(`half of the files of src have at most ${MEDIAN_LINES} lines`, () => {
  assert.ok(medianLines(source) <= MEDIAN_LINES, `${medianLines(source)}`);
});

Deno.test("src uses no variable of a using declaration exactly once", () => {
  assert.deepEqual(lostDisposals(source), []);
});

Deno.test("src has no barrels", () => {
  assert.deepEqual(barrels(source), []);
});

Deno.test("src never ends the process", () => {
  assert.deepEqual(exits(source), []);
});

Deno.test("no file names the machine it was made on, or a registry", async () => {
  const shell = await readSources(
    "scripts",
    (path) => !path.endsWith(".ts"),
  );
  const own = tests.filter(({ path }) => !path.includes("/testdata/"));
  const all = [main, configuration, ...source, ...scripts, ...own, ...shell];
  assert.deepEqual(machineMentions(all), []);
});
