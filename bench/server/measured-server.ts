/** The real server as a process of its own, with the embedded Postgres, to be measured. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync, closeSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serverEntry } from '../../tests/server-entry.ts';
import { clusterFolder, removeFolder, temporaryFolder } from '../../tests/server-process.ts';

const entry = serverEntry();

export interface MeasuredServer {
  readonly address: string;
  readonly processId: number;
  readonly dataFolder: string;
  /** As the owner of the tables. */
  readonly databaseUrl: string;
  /** Of the server's process, without Postgres. */
  residentMegabytes(): Promise<number>;
  cpuSeconds(): Promise<number>;
  end(): Promise<void>;
}

/** So wide that nothing measured meets one. */
const limits = ['auth', 'data', 'replication', 'operations', 'transfer']
  .map((name) => `${name}=9000000/9000000`)
  .join(',');

/** Everything as delivered but the limits; the log goes to a file, as an operator's does. */
export async function startMeasuredServer(
  settings: Readonly<Record<string, string>> = {},
): Promise<MeasuredServer> {
  const folder = await temporaryFolder();
  const log = openSync(join(folder, 'log'), 'a');
  // As `npm start` starts it, see setup.mjs.
  const child = spawn(process.execPath, ['--max-semi-space-size=32', entry], {
    cwd: folder,
    env: {
      PATH: process.env['PATH'] ?? '',
      PORT: '0',
      OFFING_DATA: join(folder, 'data'),
      OFFING_PAGES: join(folder, 'build'),
      OFFING_LIMITS: limits,
      ...settings,
    },
    stdio: ['ignore', 'pipe', log],
  });
  closeSync(log);
  const exited = once(child, 'exit');
  const address = await readyAddress(child.stdout!, exited, folder);
  const figure = async (name: string) => {
    const text = await (await fetch(`${address}/metrics`)).text();
    return Number(new RegExp(`^${name} (.*)$`, 'm').exec(text)?.[1]);
  };
  return {
    address,
    processId: child.pid!,
    dataFolder: join(folder, 'data'),
    databaseUrl: await urlOf(folder),
    residentMegabytes: async () => (await figure('process_resident_memory_bytes')) / 1e6,
    cpuSeconds: () => figure('process_cpu_seconds_total'),
    async end() {
      child.kill('SIGTERM');
      await exited;
      await removeFolder(folder);
    },
  };
}

async function readyAddress(
  output: NodeJS.ReadableStream,
  exited: Promise<unknown>,
  folder: string,
): Promise<string> {
  let text = '';
  const ready = new Promise<string>((resolve) => {
    output.on('data', (chunk: Buffer) => {
      // What comes later, such as mails on the console, is read and forgotten.
      if (text.length > 10_000) return;
      text += chunk.toString();
      const address = /^Offing is ready: (\S+)$/m.exec(text)?.[1];
      if (address) resolve(address);
    });
  });
  const first = await Promise.race([ready, exited.then(() => null)]);
  if (first !== null) return first;
  throw new Error(`The server ended: ${await readFile(join(folder, 'log'), 'utf8')}`);
}

async function urlOf(folder: string): Promise<string> {
  const secret = await readFile(join(folder, 'data', 'database-password'), 'utf8');
  const note = await readFile(join(await clusterFolder(folder), 'postmaster.pid'), 'utf8');
  return `postgres://offing:${secret.trim()}@127.0.0.1:${note.split('\n')[3]}/postgres`;
}
