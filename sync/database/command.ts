/** Runs a short command to its end, as another account where asked. */
import { spawn } from 'node:child_process';
import type { Account } from './account.ts';

export interface CommandOutcome {
  /** Null when it could not be started or was killed. */
  readonly exitCode: number | null;
  /** Both streams, or why it could not be started. */
  readonly output: string;
}

/** The commands of Postgres read settings from the environment; they get none but these. */
export const commandEnvironment: Readonly<Record<string, string>> = {
  PATH: process.env['PATH'] ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.env['SystemRoot'] ? { SystemRoot: process.env['SystemRoot'] } : {}),
  ...(process.env['TEMP'] ? { TEMP: process.env['TEMP'] } : {}),
};

/** Never fails: an unstartable command is an outcome too. An aborted `signal` kills it. */
export function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly account?: Account | null; readonly signal?: AbortSignal } = {},
): Promise<CommandOutcome> {
  const { account, signal } = options;
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: '/',
      env: commandEnvironment,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      killSignal: 'SIGKILL',
      ...(signal ? { signal } : {}),
      ...(account ? { uid: account.userId, gid: account.groupId } : {}),
    });
    let output = '';
    const gather = (chunk: Buffer) => (output = (output + chunk.toString('utf8')).slice(-8_000));
    child.stdout.on('data', gather);
    child.stderr.on('data', gather);
    child.once('error', (error) => resolve({ exitCode: null, output: error.message }));
    child.once('close', (exitCode) => resolve({ exitCode, output }));
  });
}
