import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migrationCount } from './ready-database.ts';
import {
  about,
  clusterFolder,
  launch,
  postgresProcesses,
  removeFolder,
  temporaryFolder,
  type ServerProcess,
} from './server-process.ts';

/** Connects to the embedded database of a server under test. */
async function urlOf(folder: string, database = 'postgres'): Promise<string> {
  const password = (await readFile(join(folder, 'data', 'database-password'), 'utf8')).trim();
  const note = await readFile(join(await clusterFolder(folder), 'postmaster.pid'), 'utf8');
  return `postgres://offing:${password}@127.0.0.1:${note.split('\n')[3]}/${database}`;
}

describe('the embedded database', () => {
  let folder: string;
  let server: ServerProcess;

  beforeAll(async () => {
    folder = await temporaryFolder();
    server = launch(folder);
    await server.ready();
  });
  afterAll(async () => {
    await server.end();
    await removeFolder(folder);
  });

  it('listens on this machine alone, speaks UTF-8 and asks for the password', async () => {
    const url = await urlOf(folder);
    const client = postgres(url, { max: 1 });
    const [row] = await client`select
      current_setting('listen_addresses') as addresses,
      current_setting('server_encoding') as encoding,
      current_setting('fsync') as fsync,
      upper('straße ñ') as upper`;
    await client.end();
    expect(row).toEqual({
      addresses: '127.0.0.1',
      encoding: 'UTF8',
      fsync: 'on',
      upper: 'STRAßE Ñ',
    });
    const stranger = postgres(url.replace(/:[0-9a-f]{64}@/, ':wrong@'), { max: 1 });
    await expect(stranger`select 1`).rejects.toMatchObject({ code: '28P01' });
    await stranger.end();
  });

  it('can be replaced by another, which servers starting together migrate once', async () => {
    const owner = postgres(await urlOf(folder), { max: 1, onnotice: () => undefined });
    await owner`create database shared`;
    await owner.end();
    const DATABASE_URL = await urlOf(folder, 'shared');
    const folders = await Promise.all([temporaryFolder(), temporaryFolder(), temporaryFolder()]);
    const together = folders.map((path) => launch(path, { DATABASE_URL }));
    const answers = await Promise.all(together.map(async (one) => about(await one.ready())));
    expect(new Set(answers.map(({ serverId }) => serverId)).size).toBe(1);
    expect(answers.map(({ schemaVersion }) => schemaVersion)).toEqual(
      folders.map(() => migrationCount),
    );
    for (const one of together) expect(await one.end()).toEqual({ code: 0 });
    for (const path of folders) expect(await postgresProcesses(path)).toEqual([]);
    await Promise.all(folders.map(removeFolder));
  });

  it('written by a newer version is refused, and nothing stays running', async () => {
    const client = postgres(await urlOf(folder), { max: 1 });
    await client`insert into drizzle.__drizzle_migrations (hash, created_at)
      values ('from the future', 9999999999999)`;
    await client.end();
    await server.end();
    const older = launch(folder);
    expect(await older.exited).toEqual({ code: 1 });
    expect(older.errors()).toContain('start the newer Offing that wrote it');
    expect(await postgresProcesses(folder)).toEqual([]);
  });
});

describe('a database that cannot be reached', () => {
  it('is refused without its password being shown', async () => {
    const folder = await temporaryFolder();
    const server = launch(folder, {
      DATABASE_URL: 'postgres://offing:hunter2hunter2@127.0.0.1:1/x?connect_timeout=1',
    });
    setTimeout(() => void server.end(), 1_500);
    await server.exited;
    expect(server.output()).not.toContain('is ready');
    expect(server.errors() + server.output()).not.toContain('hunter2');
    await removeFolder(folder);
  });
});
