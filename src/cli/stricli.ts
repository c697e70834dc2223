/** The command-line parser, as far as the program uses it. */
export {
  type Application,
  buildApplication,
  buildCommand,
  buildRouteMap,
  type Command,
  type CommandBuilderArguments,
  type CommandContext,
  ExitCode,
  type InputCompletion,
  proposeCompletions,
  type RouteMap,
  run,
  text_en as englishText,
} from "@stricli/core";
