import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { about, postgresProcesses, until } from './server-process.ts';
import { startedServers } from './started-servers.ts';

const at = startedServers();

const draftsIn = async (path: string) =>
  (await readdir(path).catch(() => [])).filter((name) => name.startsWith('postgres.new-'));

describe('an end', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)('by %s leaves no process behind', async (signal) => {
    await at.giveDatabase();
    const server = at.start();
    await server.ready();
    expect(await postgresProcesses(at.folder)).not.toEqual([]);
    expect(await server.end(signal)).toEqual({ code: 0 });
    expect(await postgresProcesses(at.folder)).toEqual([]);
    expect(await readFile(join(at.folder, 'data', 'postgres.log'), 'utf8')).toContain(
      'database system is shut down',
    );
  });

  it('follows when the command that started the server is gone', async () => {
    await at.giveDatabase();
    const server = at.start();
    await server.ready();
    server.child.disconnect();
    expect(await server.exited).toEqual({ code: 0 });
    expect(await postgresProcesses(at.folder)).toEqual([]);
  });

  it('in the middle of the first start leaves nothing behind, and the next start works', async () => {
    const first = at.start();
    await until(async () => (await draftsIn(join(at.folder, 'data'))).length > 0);
    expect(await first.end()).toEqual({ code: 0 });
    expect(await postgresProcesses(at.folder)).toEqual([]);
    expect(await draftsIn(join(at.folder, 'data'))).toEqual([]);
    expect(await about(await at.start().ready())).toMatchObject({ starts: 1 });
  });
});
