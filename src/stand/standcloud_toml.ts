import { rules } from "../runs/rules/all_rules.ts";
import * as z from "../system/schema.ts";
import { settingsText } from "../system/settings_text.ts";
import type { System } from "../system/system.ts";
import { parseToml } from "./hardpy_toml.ts";
import { invalidToml, type TomlText, wrongType } from "./toml_section.ts";

/** What a folder of test plans says about its runs. HardPy takes no strange keys in a file of its own. */
export interface StandcloudToml {
  /** Rules whose findings are dropped. */
  readonly ignored: readonly string[];
}

const SIZE_LIMIT = 1024 * 1024;

const file = z.strictObject({
  validate: z.optional(
    z.strictObject({ ignore: z.optional(z.array(z.string())) }),
  ),
});

/**
 * Reads a standcloud.toml.
 *
 * @throws `config_invalid` with line and column.
 */
export async function readStandcloudToml(
  system: Pick<System, "inputFiles">,
  path: string,
): Promise<StandcloudToml> {
  const text = settingsText(await system.inputFiles.read(path, SIZE_LIMIT));
  const { success, data, error } = z.safeParse(file, parseToml(path, text));
  if (!success) throw strange({ path, text }, error.issues[0]);
  const ignored = data.validate?.ignore ?? [];
  for (const word of ignored) requireIgnorable({ path, text }, word);
  return { ignored };
}

interface Problem {
  readonly path: readonly PropertyKey[];
  readonly keys?: readonly string[];
}

function strange(toml: TomlText, problem: Problem | undefined) {
  const { path = [], keys: [key] = [] } = problem ?? {};
  if (key !== undefined) {
    const names = path.length === 0 ? "[validate]" : "ignore";
    return invalidToml(
      toml.path,
      placeOf(toml.text, key),
      `"${key}" is not known here; ${names} is`,
    );
  }
  const expected = { ignore: 'a list of rules, for example ["stale-data"]' };
  return wrongType(toml, "validate", { key: path[1], expected });
}

/** @throws `config_invalid` for a word that is no rule, and for a rule that keeps a run from StandCloud. */
function requireIgnorable({ path, text }: TomlText, word: string): void {
  const rule = rules.find((one) => one.word === word);
  if (rule !== undefined && !rule.blocksUpload) return;
  const why = rule === undefined
    ? `there is no rule "${word}" to ignore`
    : `the rule ${word} cannot be ignored: StandCloud refuses such a run`;
  throw invalidToml(path, placeOf(text, word), why);
}

/** Where a word first stands in the text. */
function placeOf(text: string, word: string) {
  const before = text.slice(0, Math.max(0, text.indexOf(word))).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
