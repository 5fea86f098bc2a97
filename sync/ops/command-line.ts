/** What the operator's commands have in common: their options, their settings, how they end. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { fail, ok, type Result } from '#core/result.ts';
import { readConfiguration, type Configuration } from '../configuration.ts';

const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What a command says, and whether what it looked at is as it should be. */
export interface CommandAnswer {
  readonly text: string;
  readonly isGood: boolean;
}

/** The one action among `actions` and the options, or what is wrong with the arguments. */
export function readArguments<Action extends string, T extends ParseArgsOptionsConfig>(
  args: readonly string[],
  actions: readonly Action[],
  options: T,
) {
  try {
    const parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    const action = actions.find((name) => name === parsed.positionals[0]);
    if (!action || parsed.positionals.length > 1) {
      return fail(`Say one of: ${actions.join(', ')}.`);
    }
    return ok({ action, values: parsed.values });
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
}

/** The settings that the server would start with here. */
export function settingsHere(): Result<Configuration, string> {
  const read = readConfiguration(process.env, { projectFolder, workingFolder: process.cwd() });
  return read.ok ? read : fail(read.error.sentence);
}

/** Prints and sets the exit code: 0 all is well, 1 something is broken, 2 it could not be done. */
export async function endCommand(answer: Promise<Result<CommandAnswer, string>>): Promise<void> {
  // A reader that has seen enough, such as `head`, closes the pipe: no fault of this run.
  process.stdout.on('error', () => process.exit(0));
  const result = await answer;
  if (!result.ok) process.stderr.write(`${result.error}\n`);
  else process.stdout.write(`${result.value.text}\n`);
  process.exitCode = result.ok ? (result.value.isGood ? 0 : 1) : 2;
}
