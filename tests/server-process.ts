/** Starts the real server as a process of its own over a temporary folder, for tests to hurt. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { serverEntry } from './server-entry.ts';

const entry = serverEntry();

export const inlineScript = 'document.title = "Offing";';

/** A folder that every account can pass through, as the database's has to, with a built page. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'offing-server-'));
  await chmod(folder, 0o711);
  const pages = join(folder, 'build');
  await mkdir(join(pages, '_app'), { recursive: true });
  await writeFile(join(pages, '404.html'), `<html><script>${inlineScript}</script></html>`);
  await writeFile(join(pages, '_app', 'version.json'), '{"version":"test-build"}');
  return folder;
}

/** Everything in the folder, a cluster kept outside it included. */
export async function removeFolder(folder: string): Promise<void> {
  const outside = await clusterFolder(folder);
  if (!outside.startsWith(folder)) await rm(join(outside, '..'), { recursive: true, force: true });
  await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
}

export interface ServerProcess {
  readonly child: ChildProcess;
  readonly exited: Promise<{ code: number | null }>;
  output(): string;
  errors(): string;
  /** The printed address; fails when the process ends first. */
  ready(): Promise<string>;
  end(signal?: NodeJS.Signals): Promise<{ code: number | null }>;
}

/** A start with nothing of this machine's own settings, on a port of the system's choice. */
export function launch(folder: string, settings: Record<string, string> = {}): ServerProcess {
  const child = spawn(process.execPath, [entry], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? '',
      PORT: '0',
      OFFING_DATA: join(folder, 'data'),
      OFFING_PAGES: join(folder, 'build'),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  let errors = '';
  child.stdout!.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr!.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  let ended = false;
  // Not the child's own `close`, which never comes once its channel to us has been let go.
  const exited = Promise.all([
    once(child, 'exit'),
    once(child.stdout!, 'close'),
    once(child.stderr!, 'close'),
  ]).then(([[code]]) => {
    ended = true;
    return { code: code as number | null };
  });
  return {
    child,
    exited,
    output: () => output,
    errors: () => errors,
    async ready() {
      for (;;) {
        const address = /^Offing is ready: (\S+)$/m.exec(output)?.[1];
        if (address) return address;
        if (ended) throw new Error(`The server ended: ${errors}`);
        await wait(20);
      }
    },
    async end(signal = 'SIGTERM') {
      if (!ended) child.kill(signal);
      return exited;
    },
  };
}

/** Where the data folder's database is. */
export async function clusterFolder(folder: string): Promise<string> {
  const data = join(folder, 'data');
  const text = await readFile(join(data, 'cluster.json'), 'utf8').catch(() => null);
  if (text === null) return join(data, 'postgres');
  const { folder: place } = JSON.parse(text) as { folder: string };
  return place.startsWith('/') ? place : join(data, place);
}

export async function postmasterId(folder: string): Promise<number> {
  const note = join(await clusterFolder(folder), 'postmaster.pid');
  return Number.parseInt(await readFile(note, 'utf8'), 10);
}

/** Live processes that were started on this folder's database, wherever they hang now. */
export async function postgresProcesses(folder: string): Promise<readonly number[]> {
  const cluster = await clusterFolder(folder);
  const found: number[] = [];
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const line = await readFile(`/proc/${name}/cmdline`, 'utf8').catch(() => '');
    if (line.includes(cluster)) found.push(Number(name));
  }
  return found;
}

/** Waits, however long the test allows, until `condition` holds. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await wait(20);
}

export interface About {
  readonly serverId: string;
  readonly starts: number;
  readonly schemaVersion: number;
  readonly buildId: string;
}

export async function about(address: string): Promise<About> {
  const response = await fetch(`${address}/trpc/system.about`);
  const body = (await response.json()) as { result: { data: About } };
  return body.result.data;
}
