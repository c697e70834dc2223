import type { CaseView, ModuleView } from "./parts.ts";
import { type Fields, fieldsOf } from "../values.ts";

/**
 * Cases into which HardPy's storage broke others, because a parameter of a
 * test holds "." or "::": by their path the ids that the tests had, as far as
 * the document tells them.
 */
export function brokenIds(
  modules: readonly ModuleView[],
): ReadonlyMap<string, readonly string[]> {
  const ids = new Map<string, readonly string[]>();
  let characters = 0;
  for (const { cases } of modules) {
    let whole: ReadonlyMap<string, string> | undefined;
    for (const one of cases) {
      if (!isBroken(one)) continue;
      if (characters > MOST_CHARACTERS) return ids;
      whole ??= wholeIds(cases);
      const found = isOpen(one.key)
        ? [...joined(one.key, one.fields).take(MOST_OF_ONE)]
        : [];
      const known = found.length > 0 ? found : [whole.get(one.key) ?? one.key];
      ids.set(one.path(), known);
      characters += one.path().length + known.join("").length;
    }
  }
  return ids;
}

/** Beyond it the document was made to do harm. */
const MOST_CHARACTERS = 1_000_000;
/** Ids that were broken into one case. */
const MOST_OF_ONE = 200;
/** No version and no address has as many. */
const MOST_STEPS = 10;

function isBroken({ key, fields }: CaseView): boolean {
  if (isOpen(key) || !key.includes("[") && key.endsWith("]")) return true;
  return key.split("[").length < key.split("]").length &&
    !Object.hasOwn(fields, "name") && !Object.hasOwn(fields, "group");
}

/** The key ends inside of a parameter. */
function isOpen(key: string): boolean {
  return key.includes("[") && !key.endsWith("]");
}

/** By what is left of an id behind its last "::": the id, which was collected whole. */
function wholeIds(cases: readonly CaseView[]): ReadonlyMap<string, string> {
  return new Map(
    cases.filter(({ key }) => key.includes("::"))
      .map(({ key }) => [key.slice(key.lastIndexOf("::") + 2), key]),
  );
}

/** The storage took each "." for a step into an object, which ids may share. */
function* joined(id: string, fields: Fields, step = 1): Generator<string> {
  for (const [key, inner] of Object.entries(fields)) {
    const longer = `${id}.${key}`;
    if (key.endsWith("]")) yield longer;
    else if (step < MOST_STEPS) {
      yield* joined(longer, fieldsOf(inner), step + 1);
    }
  }
}
