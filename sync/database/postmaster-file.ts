/**
 * `postmaster.pid`, the note a running Postgres keeps in its data directory.
 *
 * Line 1 process id, 2 data directory, 3 start time, 4 port, 5 socket folder, 6 address,
 * 7 shared memory, 8 state (`starting`, `ready`, `stopping`, padded). It stays behind when
 * Postgres is killed, so the process named may be dead or an unrelated one.
 */
import { readFile, readlink, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent } from '../data/durable-file.ts';
import { runCommand } from './command.ts';

export interface PostmasterNote {
  readonly processId: number;
  readonly port: number;
  readonly ready: boolean;
}

/** What the note says, or null where there is none or it is not yet written in full. */
export async function readPostmasterNote(clusterFolder: string): Promise<PostmasterNote | null> {
  return parsePostmasterNote((await readIfPresent(join(clusterFolder, 'postmaster.pid'))) ?? '');
}

export function parsePostmasterNote(text: string): PostmasterNote | null {
  const lines = text.split(/\r?\n/);
  const processId = Number(lines[0] || Number.NaN);
  if (!Number.isSafeInteger(processId) || processId <= 0) return null;
  return { processId, port: Number(lines[3] ?? 0), ready: lines[7]?.trim() === 'ready' };
}

/** Whether the process lives and is a Postgres on this very data directory. */
export async function isPostmasterOf(processId: number, clusterFolder: string): Promise<boolean> {
  if (!isAlive(processId)) return false;
  if (process.platform === 'win32') {
    const filter = ['/FI', `PID eq ${processId}`, '/FO', 'CSV', '/NH'];
    return /postgres/i.test((await runCommand('tasklist', filter)).output);
  }
  const command = await commandLine(processId);
  if (!/(^|\/)postgres\b/.test(command[0] ?? '')) return false;
  const workingFolder = await readlink(`/proc/${processId}/cwd`).catch(() => null);
  return (
    workingFolder === (await realpath(clusterFolder)) || command.join(' ').includes(clusterFolder)
  );
}

/** Whether a process has this id, whosever it is; true for a dead one nobody has collected yet. */
export function isAlive(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function commandLine(processId: number): Promise<readonly string[]> {
  try {
    return (await readFile(`/proc/${processId}/cmdline`, 'utf8')).split('\0').filter(Boolean);
  } catch {
    const listed = await runCommand('ps', ['-o', 'args=', '-p', String(processId)]);
    return listed.output.trim().split(' ');
  }
}
