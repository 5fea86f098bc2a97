/** Starts the real product, and a plain static host for the built pages. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import { createServer as createProbe, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sirv from 'sirv';
import { giveDatabase } from '../ready-database.ts';
import { serverEntry } from '../server-entry.ts';
import { postmasterId, until } from '../server-process.ts';

export const root = join(import.meta.dirname, '../..');

export interface RunningServer {
  readonly url: string;
  /** What `npm start` prints for the first admin. */
  readonly firstAdminLink: string;
  /** As a crash or the power button would end it. */
  kill(): Promise<void>;
  /** Once it was killed: at the same address, over what it left. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** A port of loopback that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createProbe().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
}

interface Ready {
  readonly url: string;
  readonly firstAdminLink: string;
}

function ready(child: ChildProcess): Promise<Ready> {
  return new Promise((resolve, reject) => {
    let text = '';
    const take = (chunk: Buffer) => {
      text += chunk.toString();
      const address = /ready[^\n]*?(https?:\/\/\S+)\n/i.exec(text)?.[1];
      const firstAdminLink = /first admin[^\n]*?(https?:\/\/\S+)/i.exec(text)?.[1] ?? '';
      if (address) resolve({ url: new URL(address).origin, firstAdminLink });
    };
    child.stdout!.on('data', take);
    child.stderr!.on('data', take);
    child.once('exit', () => reject(new Error(`The server ended before it was ready:\n${text}`)));
  });
}

type Settings = Readonly<Record<string, string>>;

/** Stories of other things never meet the limits. */
const wideLimits = 'auth=100000/1000000,data=100000/1000000';

async function spawnServer(
  data: string,
  settings: Settings,
): Promise<Ready & { child: ChildProcess }> {
  const env = {
    ...process.env,
    // Of the system's choice: one found free before may be taken by then.
    PORT: '0',
    OFFING_DATA: data,
    OFFING_LIMITS: wideLimits,
    ...settings,
  };
  const child = spawn(process.execPath, [serverEntry()], { cwd: root, env, stdio: 'pipe' });
  return { child, ...(await ready(child)) };
}

async function end(child: ChildProcess, signal: 'SIGTERM' | 'SIGKILL'): Promise<void> {
  const gone = once(child, 'exit');
  child.kill(signal);
  await gone;
}

/** Of a killed server the Postgres of its folder runs on, if it had one of its own. */
async function endPostgres(folder: string): Promise<void> {
  const id = await postmasterId(folder).catch(() => null);
  if (id === null) return;
  process.kill(id, 'SIGQUIT');
  await until(async () => !isAlive(id));
}

function isAlive(id: number): boolean {
  try {
    return process.kill(id, 0);
  } catch {
    return false;
  }
}

/** `npm start` without its set-up: the server over a data folder of its own. */
export async function startServer(settings: Settings = {}): Promise<RunningServer> {
  const folder = mkdtempSync(join(tmpdir(), 'offing-e2e-'));
  // Postgres runs as another user when root starts it, and must be able to enter.
  chmodSync(folder, 0o711);
  const data = join(folder, 'data');
  if (!settings['DATABASE_URL']) await giveDatabase(data);
  const { url, firstAdminLink, ...first } = await spawnServer(data, settings);
  let { child } = first;
  return {
    url,
    firstAdminLink,
    kill: () => end(child, 'SIGKILL'),
    async restart() {
      ({ child } = await spawnServer(data, { ...settings, PORT: new URL(url).port }));
    },
    stop: async () => {
      if (child.signalCode === 'SIGKILL') await endPostgres(folder);
      else await end(child, 'SIGTERM');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export interface StaticHost {
  readonly url: string;
  /** Serves another folder from now on, as a new deployment would. */
  serve(folder: string): void;
  stop(): Promise<void>;
}

/** A host that knows nothing of Offing: files by path, nothing else. */
export async function startStaticHost(folder: string): Promise<StaticHost> {
  let files = sirv(folder, { dev: true, etag: true });
  const http: HttpServer = createServer((request, response) => {
    files(request, response, () => {
      response.statusCode = 404;
      response.end('Not found');
    });
  }).listen(0, '127.0.0.1');
  await once(http, 'listening');
  return {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    serve: (next) => {
      files = sirv(next, { dev: true, etag: true });
    },
    stop: async () => {
      http.closeAllConnections();
      http.close();
      await once(http, 'close');
    },
  };
}
