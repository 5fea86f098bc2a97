/** One run of the embedded Postgres as a child process, from its start until it is ready. */
import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fail, ok, type Result } from '#core/result.ts';
import type { Binaries } from './binaries.ts';
import type { ClusterHome } from './cluster-home.ts';
import { commandEnvironment } from './command.ts';
import { readPostmasterNote } from './postmaster-file.ts';

export interface PostgresProcess {
  readonly processId: number;
  /** Resolves when it ends, however that comes about. */
  readonly ended: Promise<void>;
}

export interface StartFailure {
  readonly code: 'port-taken' | 'still-in-use' | 'ended';
  /** The last lines of Postgres's own log. */
  readonly detail: string;
}

const longestLogBytes = 10_000_000;

/**
 * A Postgres that accepts connections on 127.0.0.1 at `port`.
 *
 * It leads a session of its own, so that Ctrl-C in the terminal reaches the server alone, which
 * then stops it in order. Waits as long as recovery after a crash takes, or until `signal`.
 */
export async function startPostgres(
  home: ClusterHome,
  binaries: Binaries,
  options: { readonly port: number; readonly logFile: string; readonly signal: AbortSignal },
): Promise<Result<PostgresProcess, StartFailure>> {
  const { port, logFile, signal } = options;
  const log = openLog(logFile);
  const logStart = statSync(logFile).size;
  const child = launch(home, binaries, port, log);
  closeSync(log);
  let running = true;
  const ended = new Promise<void>((resolve) => {
    const end = () => {
      running = false;
      resolve();
    };
    child.once('exit', end);
    child.once('error', end);
  });
  while (running && !signal.aborted) {
    const note = await readPostmasterNote(home.folder);
    if (running && note?.ready && note.processId === child.pid) {
      return ok({ processId: note.processId, ended });
    }
    await Promise.race([ended, wait(25)]);
  }
  if (running) child.kill('SIGINT');
  await ended;
  return fail(explain(logFile, logStart));
}

function launch(home: ClusterHome, binaries: Binaries, port: number, log: number): ChildProcess {
  const settings = {
    port: String(port),
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    // A server keeps about thirty; a rolling restart has two, and a tool wants one besides.
    max_connections: '120',
    logging_collector: 'off',
    log_destination: 'stderr',
    timezone: 'UTC',
    lc_messages: 'C',
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return spawn(binaries.postgres, ['-D', home.folder, ...flags], {
    cwd: '/',
    env: commandEnvironment,
    stdio: ['ignore', log, log],
    detached: true,
    windowsHide: true,
    ...(home.account ? { uid: home.account.userId, gid: home.account.groupId } : {}),
  });
}

/** The log, appended to; a long one is set aside first, replacing the one set aside before. */
function openLog(path: string): number {
  const bytes = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (bytes > longestLogBytes) renameSync(path, `${path}.1`);
  return openSync(path, 'a', 0o600);
}

function explain(logFile: string, from: number): StartFailure {
  const detail = readFileSync(logFile).subarray(from).toString('utf8').trim().slice(-2_000);
  if (/Address already in use|could not create any TCP\/IP sockets/.test(detail)) {
    return { code: 'port-taken', detail };
  }
  const stillInUse = /shared memory block|lock file "postmaster.pid" already exists/;
  return { code: stillInUse.test(detail) ? 'still-in-use' : 'ended', detail };
}
