import { chmod, chown, mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { migrationCount } from './ready-database.ts';
import { about, clusterFolder, postgresProcesses } from './server-process.ts';
import { startedServers } from './started-servers.ts';

const at = startedServers();

describe('a start', () => {
  it('makes the database, migrates it and answers from it, and the next one finds it again', async () => {
    const first = at.start();
    const before = await about(await first.ready());
    expect(before).toMatchObject({
      starts: 1,
      schemaVersion: migrationCount,
      buildId: 'test-build',
    });
    expect(await first.end()).toEqual({ code: 0 });

    const after = await about(await at.start().ready());
    expect(after).toMatchObject({ serverId: before.serverId, starts: 2 });
  });

  it('keeps secrets that only their owner can read, and prints none of them', async () => {
    const server = at.start();
    await server.ready();
    for (const name of ['server-secret', 'database-password']) {
      const path = join(at.folder, 'data', name);
      expect((await stat(path)).mode & 0o777).toBe(0o600);
      const secret = (await readFile(path, 'utf8')).trim();
      expect(server.output() + server.errors()).not.toContain(secret);
    }
  });

  it('of a second server on the same folder is refused and does not disturb the first', async () => {
    await at.giveDatabase();
    const first = at.start();
    const address = await first.ready();
    const second = at.start();
    expect(await second.exited).toEqual({ code: 1 });
    expect(second.errors()).toContain(`Another Offing server is using ${join(at.folder, 'data')}`);
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
    const server = at.start(settings);
    expect(await server.exited).toEqual({ code: 1 });
    expect(server.errors()).toContain(sentence);
    expect(server.errors().trim().split('\n')).toHaveLength(1);
    expect(await postgresProcesses(at.folder)).toEqual([]);
  });

  it('over a database of another PostgreSQL is refused before it is touched', async () => {
    await at.giveDatabase();
    const first = at.start();
    await first.ready();
    await first.end();
    await writeFile(join(await clusterFolder(at.folder), 'PG_VERSION'), '17\n');
    const second = at.start();
    expect(await second.exited).toEqual({ code: 1 });
    expect(second.errors()).toContain('made by PostgreSQL 17');
    expect(await postgresProcesses(at.folder)).toEqual([]);
  });

  it('is refused when a database once made is gone, instead of beginning with an empty one', async () => {
    const first = at.start();
    await first.ready();
    await first.end();
    const cluster = await clusterFolder(at.folder);
    await rename(cluster, `${cluster}.away`);
    const second = at.start();
    expect(await second.exited).toEqual({ code: 1 });
    expect(second.errors()).toContain('is not there any more');
    await rename(`${cluster}.away`, cluster);
    expect(await about(await at.start().ready())).toMatchObject({ starts: 2 });
  });
});

describe.skipIf(process.getuid?.() !== 0)('as root', () => {
  it('a data folder of another user is refused, for root would lock that user out', async () => {
    const data = join(at.folder, 'data');
    await mkdir(data);
    await chown(data, 65_534, 65_534);
    const server = at.start();
    expect(await server.exited).toEqual({ code: 1 });
    expect(server.errors()).toContain('belongs to another user');
  });

  it('under a folder that only root may enter, keeps the database elsewhere and says where', async () => {
    await chmod(at.folder, 0o700);
    const first = at.start();
    const before = await about(await first.ready());
    const cluster = await clusterFolder(at.folder);
    expect(cluster.startsWith(at.folder)).toBe(false);
    expect(first.output()).toContain(`The database is kept in ${cluster}`);
    await first.end('SIGKILL');

    const second = at.start();
    const after = await about(await second.ready());
    expect(after).toMatchObject({ serverId: before.serverId, starts: 2 });
    expect(await clusterFolder(at.folder)).toBe(cluster);
  });
});
