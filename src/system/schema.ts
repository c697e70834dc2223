/**
 * The schema library's small flavour. Named one by one, so that the bundler
 * leaves the rest of it out of the binary.
 */
export {
  array,
  boolean,
  custom,
  int,
  literal,
  nullable,
  number,
  object,
  optional,
  positive,
  regex,
  safeParse,
  strictObject,
  string,
  union,
} from "zod/mini";
