import { spawn } from 'node:child_process';
import { chmod, chown, mkdir, readdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  about,
  clusterFolder,
  launch,
  postgresProcesses,
  postmasterId,
  removeFolder,
  temporaryFolder,
  until,
  type ServerProcess,
} from './server-process.ts';

let folder: string;
let servers: ServerProcess[];

const start = (settings?: Record<string, string>): ServerProcess => {
  const server = launch(folder, settings);
  servers.push(server);
  return server;
};

beforeEach(async () => {
  folder = await temporaryFolder();
  servers = [];
});
afterEach(async () => {
  for (const server of servers) await server.end();
  for (const processId of await postgresProcesses(folder)) process.kill(processId, 'SIGKILL');
  await until(async () => (await postgresProcesses(folder)).length === 0);
  await removeFolder(folder);
});

const draftsIn = async (path: string) =>
  (await readdir(path).catch(() => [])).filter((name) => name.startsWith('postgres.new-'));

describe('a start', () => {
  it('makes the database, migrates it and answers from it, and the next one finds it again', async () => {
    const first = start();
    const before = await about(await first.ready());
    expect(before).toMatchObject({ starts: 1, schemaVersion: 6, buildId: 'test-build' });
    expect(await first.end()).toEqual({ code: 0 });

    const after = await about(await start().ready());
    expect(after).toMatchObject({ serverId: before.serverId, starts: 2 });
  });

  it('keeps secrets that only their owner can read, and prints none of them', async () => {
    const server = start();
    await server.ready();
    for (const name of ['server-secret', 'database-password']) {
      const path = join(folder, 'data', name);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      const secret = (await readFile(path, 'utf8')).trim();
      expect(server.output() + server.errors()).not.toContain(secret);
    }
  });

  it('of a second server on the same folder is refused and does not disturb the first', async () => {
    const first = start();
    const address = await first.ready();
    const second = start();
    expect(await second.exited).toEqual({ code: 1 });
    expect(second.errors()).toContain(`Another Offing server is using ${join(folder, 'data')}`);
    expect(second.errors()).toContain(address);
    expect(await about(address)).toMatchObject({ starts: 1 });
  });

  it.each([
    [{ OFFING_HOST: '0.0.0.0' }, 'set OFFING_PUBLIC_URL'],
    [{ OFFING_SECRET: 'short' }, 'OFFING_SECRET must have at least 32 characters.'],
    [{ OFFING_TLS_CERT: '/nowhere.pem', OFFING_TLS_KEY: '/nowhere.pem' }, 'cannot be read'],
    [{ OFFING_PAGES: '/nowhere' }, 'npm run build'],
    [{ PORT: 'many' }, 'PORT must be'],
  ])('with %o is refused in one sentence', async (settings: Record<string, string>, sentence) => {
    const server = start(settings);
    expect(await server.exited).toEqual({ code: 1 });
    expect(server.errors()).toContain(sentence);
    expect(server.errors().trim().split('\n')).toHaveLength(1);
    expect(await postgresProcesses(folder)).toEqual([]);
  });

  it('over a database of another PostgreSQL is refused before it is touched', async () => {
    const first = start();
    await first.ready();
    await first.end();
    await writeFile(join(await clusterFolder(folder), 'PG_VERSION'), '17\n');
    const second = start();
    expect(await second.exited).toEqual({ code: 1 });
    expect(second.errors()).toContain('made by PostgreSQL 17');
    expect(await postgresProcesses(folder)).toEqual([]);
  });

  it('is refused when a database once made is gone, instead of beginning with an empty one', async () => {
    const first = start();
    await first.ready();
    await first.end();
    const cluster = await clusterFolder(folder);
    await rename(cluster, `${cluster}.away`);
    const second = start();
    expect(await second.exited).toEqual({ code: 1 });
    expect(second.errors()).toContain('is not there any more');
    await rename(`${cluster}.away`, cluster);
    expect(await about(await start().ready())).toMatchObject({ starts: 2 });
  });
});

describe('an end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s leaves no process behind', async (signal) => {
    const server = start();
    await server.ready();
    expect(await postgresProcesses(folder)).not.toEqual([]);
    expect(await server.end(signal)).toEqual({ code: 0 });
    expect(await postgresProcesses(folder)).toEqual([]);
    expect(await readFile(join(folder, 'data', 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    );
  });

  it('follows when the command that started the server is gone', async () => {
    const server = start();
    await server.ready();
    server.child.disconnect();
    expect(await server.exited).toEqual({ code: 0 });
    expect(await postgresProcesses(folder)).toEqual([]);
  });

  it('in the middle of the first start leaves nothing behind, and the next start works', async () => {
    const first = start();
    await until(async () => (await draftsIn(join(folder, 'data'))).length > 0);
    expect(await first.end()).toEqual({ code: 0 });
    expect(await postgresProcesses(folder)).toEqual([]);
    expect(await draftsIn(join(folder, 'data'))).toEqual([]);
    expect(await about(await start().ready())).toMatchObject({ starts: 1 });
  });
});

describe('after a kill', () => {
  it('the next start stops the database left running and takes its data over', async () => {
    const first = start();
    const before = await about(await first.ready());
    const left = await postmasterId(folder);
    await first.end('SIGKILL');
    expect(await postgresProcesses(folder)).toContain(left);

    const second = start();
    const after = await about(await second.ready());
    expect(after).toMatchObject({ serverId: before.serverId, starts: 2 });
    expect(await postgresProcesses(folder)).not.toContain(left);
    expect(second.errors()).toContain('found a Postgres left over');
  });

  it('in the middle of making the database, the next start makes it anew', async () => {
    const first = start();
    const data = join(folder, 'data');
    await until(async () => (await draftsIn(data)).length > 0);
    await first.end('SIGKILL');
    expect(await about(await start().ready())).toMatchObject({ starts: 1 });
  });

  it('what a half-made database left is cleared away', async () => {
    const draft = join(folder, 'data', 'postgres.new-0123456789ab');
    await mkdir(draft, { recursive: true, mode: 0o711 });
    await writeFile(join(draft, 'PG_VERSION'), '18\n');
    expect(await about(await start().ready())).toMatchObject({ starts: 1 });
    expect(await draftsIn(join(folder, 'data'))).toEqual([]);
  });

  it('a process that has the old id by chance is left alone', async () => {
    const first = start();
    await first.ready();
    await first.end();
    const cluster = await clusterFolder(folder);
    const { uid, gid } = await stat(cluster);
    const stranger = spawn('sleep', ['600'], { uid, gid, cwd: '/' });
    const note = `${stranger.pid}\n${cluster}\n1700000000\n40123\n\n127.0.0.1\n\nready\n`;
    await writeFile(join(cluster, 'postmaster.pid'), note, { mode: 0o600 });
    expect(await about(await start().ready())).toMatchObject({ starts: 2 });
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('of the database alone, the server stays up, says so, and recovers', async () => {
    const server = start();
    const address = await server.ready();
    const before = await about(address);
    const killed = await postmasterId(folder);
    // Out of reach, so that it cannot come back before anybody has seen it gone.
    const cluster = await clusterFolder(folder);
    await rename(cluster, `${cluster}.away`);
    process.kill(killed, 'SIGKILL');
    await until(async () => (await fetch(`${address}/readyz`)).status === 503);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/any/page`)).status).toBe(200);
    expect((await fetch(`${address}/trpc/system.about`)).status).toBe(503);
    await rename(`${cluster}.away`, cluster);
    await until(async () => (await fetch(`${address}/readyz`)).status === 200);
    expect(await about(address)).toEqual({ ...before, serverTimeMs: expect.any(Number) });
    expect(await postmasterId(folder)).not.toBe(killed);
    expect(await server.end()).toEqual({ code: 0 });
    expect(await postgresProcesses(folder)).toEqual([]);
  });
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  it('a data folder of another user is refused, for root would lock that user out', async () => {
    const data = join(folder, 'data');
    await mkdir(data);
    await chown(data, 65_534, 65_534);
    const server = start();
    expect(await server.exited).toEqual({ code: 1 });
    expect(server.errors()).toContain('belongs to another user');
  });

  it('under a folder that only root may enter, keeps the database elsewhere and says where', async () => {
    await chmod(folder, 0o700);
    const first = start();
    const before = await about(await first.ready());
    const cluster = await clusterFolder(folder);
    expect(cluster.startsWith(folder)).toBe(false);
    expect(first.output()).toContain(`The database is kept in ${cluster}`);
    await first.end('SIGKILL');

    const second = start();
    const after = await about(await second.ready());
    expect(after).toMatchObject({ serverId: before.serverId, starts: 2 });
    expect(await clusterFolder(folder)).toBe(cluster);
  });
});
