import { Ajv } from "ajv";
import { fromRoot } from "../../scripts/compile/paths.ts";

const FOLDER = fromRoot("tests/testdata/formats");

/** The texts of a document of any author, at their worst. */
export const HOSTILE =
  "]]>\u0000\u001b[31m<a b=\"'&amp;\ud800\ufffe\uffff\u202e 💡\nnext";

interface Schema {
  [keyword: string]: unknown;
}

/** The standard's schema in JSON Schema draft 4, in the words of draft 7. */
const { id: _id, $schema: _draft, ...sarif }: Schema = JSON.parse(
  await Deno.readTextFile(`${FOLDER}/sarif-2.1.0.json`),
);
// The schema has patterns that are none with the flag "u".
const ajv = new Ajv({ validateFormats: false, unicodeRegExp: false });
const isSarif = ajv.compile(sarif);

/** What the standard's schema finds wrong with a SARIF log. */
export function sarifFaults(text: string): string {
  return isSarif(JSON.parse(text)) ? "" : ajv.errorsText(isSarif.errors);
}

/** What xmllint finds wrong with a JUnit report by the schema of Jenkins. */
export async function junitFaults(xml: string): Promise<string> {
  const args = ["--noout", "--schema", `${FOLDER}/junit.xsd`, "-"];
  const { code, text } = await xmllint(args, xml);
  return code === 0 ? "" : text;
}

/** What an XML reader finds at an XPath. */
export async function read(xml: string, xpath: string): Promise<string> {
  const { text } = await xmllint(["--xpath", `string(${xpath})`, "-"], xml);
  return text.replace(/\n$/, "");
}

async function xmllint(args: string[], xml: string) {
  const process = new Deno.Command("xmllint", {
    args: ["--nonet", ...args],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = process.stdin.getWriter();
  await writer.write(new TextEncoder().encode(xml));
  await writer.close();
  const { code, stdout, stderr } = await process.output();
  const decoder = new TextDecoder();
  return { code, text: decoder.decode(stdout) + decoder.decode(stderr) };
}
