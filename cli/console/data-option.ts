/**
 * `--data` of `console` and of its subcommands is one option: wherever it stands on the line, the
 * first command that knows it takes it, so each asks the whole line for it.
 */
import type { Command } from "commander";

const MISSING = { code: "commander.missingMandatoryOptionValue", exitCode: 2 };

/** All options of the line, with the folder that must be among them. */
export function optionsWithData<T extends { readonly data: string }>(command: Command): T {
  const options = command.optsWithGlobals<Partial<T>>();
  if (options.data === undefined) {
    command.error("error: required option '--data <文件夹>' not specified", MISSING);
  }
  return options as T;
}
