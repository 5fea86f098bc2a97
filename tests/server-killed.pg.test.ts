import { spawn } from 'node:child_process';
import { mkdir, readdir, rename, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { about, clusterFolder, postgresProcesses, postmasterId, until } from './server-process.ts';
import { startedServers } from './started-servers.ts';

const at = startedServers();

const draftsIn = async (path: string) =>
  (await readdir(path).catch(() => [])).filter((name) => name.startsWith('postgres.new-'));

describe('after a kill', () => {
  it('the next start stops the database left running and takes its data over', async () => {
    await at.giveDatabase();
    const first = at.start();
    const before = await about(await first.ready());
    const left = await postmasterId(at.folder);
    await first.end('SIGKILL');
    expect(await postgresProcesses(at.folder)).toContain(left);

    const second = at.start();
    const after = await about(await second.ready());
    expect(after).toMatchObject({ serverId: before.serverId, starts: 2 });
    expect(await postgresProcesses(at.folder)).not.toContain(left);
    expect(second.errors()).toContain('found a Postgres left over');
  });

  it('in the middle of making the database, the next start makes it anew', async () => {
    const first = at.start();
    const data = join(at.folder, 'data');
    await until(async () => (await draftsIn(data)).length > 0);
    await first.end('SIGKILL');
    expect(await about(await at.start().ready())).toMatchObject({ starts: 1 });
  });

  it('what a half-made database left is cleared away', async () => {
    const draft = join(at.folder, 'data', 'postgres.new-0123456789ab');
    await mkdir(draft, { recursive: true, mode: 0o711 });
    await writeFile(join(draft, 'PG_VERSION'), '18\n');
    expect(await about(await at.start().ready())).toMatchObject({ starts: 1 });
    expect(await draftsIn(join(at.folder, 'data'))).toEqual([]);
  });

  it('a process that has the old id by chance is left alone', async () => {
    await at.giveDatabase();
    const first = at.start();
    await first.ready();
    await first.end();
    const cluster = await clusterFolder(at.folder);
    const { uid, gid } = await stat(cluster);
    const stranger = spawn('sleep', ['600'], { uid, gid, cwd: '/' });
    const note = `${stranger.pid}\n${cluster}\n1700000000\n40123\n\n127.0.0.1\n\nready\n`;
    await writeFile(join(cluster, 'postmaster.pid'), note, { mode: 0o600 });
    expect(await about(await at.start().ready())).toMatchObject({ starts: 2 });
    expect(stranger.exitCode ?? stranger.signalCode).toBeNull();
    stranger.kill();
  });

  it('of the database alone, the server stays up, says so, and recovers', async () => {
    await at.giveDatabase();
    const server = at.start();
    const address = await server.ready();
    const before = await about(address);
    const killed = await postmasterId(at.folder);
    // Out of reach, so that it cannot come back before anybody has seen it gone.
    const cluster = await clusterFolder(at.folder);
    await rename(cluster, `${cluster}.away`);
    process.kill(killed, 'SIGKILL');
    await until(async () => (await fetch(`${address}/readyz`)).status === 503);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
    expect((await fetch(`${address}/any/page`)).status).toBe(200);
    expect((await fetch(`${address}/trpc/system.about`)).status).toBe(503);
    await rename(`${cluster}.away`, cluster);
    await until(async () => (await fetch(`${address}/readyz`)).status === 200);
    expect(await about(address)).toEqual({ ...before, serverTimeMs: expect.any(Number) });
    expect(await postmasterId(at.folder)).not.toBe(killed);
    expect(await server.end()).toEqual({ code: 0 });
    expect(await postgresProcesses(at.folder)).toEqual([]);
  });
});
