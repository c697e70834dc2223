/** The command-line parser, as far as the program uses it. */
export {
  type Application,
  buildApplication,
  buildCommand,
  buildRouteMap,
  type CommandContext,
  ExitCode,
  generateHelpTextForAllCommands,
  type InputCompletion,
  proposeCompletions,
  run,
  text_en as englishText,
} from "@stricli/core";
