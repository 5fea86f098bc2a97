/** Finds the database of a running server, for commands that work beside it. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ok, type Result } from '#core/result.ts';
import type { Configuration } from '../configuration.ts';
import { errorCode, readIfPresent } from '../data/durable-file.ts';
import { appRole, connect, type Connection } from './connection.ts';
import { databaseRole } from './initialise.ts';
import { readPostmasterNote } from './postmaster-file.ts';
import { refuse, type Refusal } from '../refusal.ts';

type Place = Pick<Configuration, 'dataFolder' | 'databaseUrl'>;

/**
 * A connection that may do what the server may; the caller closes it.
 *
 * Refuses another user than the one the data folder belongs to, who would leave files that the
 * server cannot read, and a database that is not running.
 */
export async function connectBesideServer(
  place: Place,
  name: string,
): Promise<Result<Connection, Refusal>> {
  const owned = await checkOwner(place.dataFolder);
  if (!owned.ok) return owned;
  const url = place.databaseUrl ? ok(place.databaseUrl) : await embeddedUrl(place.dataFolder);
  if (!url.ok) return url;
  const connection = connect(url.value, { name, most: 4, role: appRole });
  try {
    await connection.database.execute('select 1');
    return ok(connection);
  } catch (error) {
    await connection.close();
    const cause = error instanceof Error ? error.cause : error;
    return refuse(`The database cannot be reached (${errorCode(cause) || 'no answer'}).`);
  }
}

async function checkOwner(dataFolder: string): Promise<Result<void, Refusal>> {
  const found = await stat(dataFolder).catch(() => null);
  if (!found) return refuse(`There is no data folder ${dataFolder}; set OFFING_DATA to yours.`);
  const user = process.getuid?.();
  if (user === undefined || user === found.uid) return ok(undefined);
  return refuse(
    `The data folder ${dataFolder} belongs to another user: run this as the user who runs Offing.`,
  );
}

async function embeddedUrl(dataFolder: string): Promise<Result<string, Refusal>> {
  const notRunning = () =>
    refuse(`No Offing is running on ${dataFolder}: start it first, or set DATABASE_URL.`);
  const record = z
    .object({ folder: z.string() })
    .safeParse(parseJson(await readIfPresent(join(dataFolder, 'cluster.json'))));
  if (!record.success) return notRunning();
  const note = await readPostmasterNote(resolve(dataFolder, record.data.folder));
  const password = (await readIfPresent(join(dataFolder, 'database-password')))?.trim();
  if (!note?.ready || !password) return notRunning();
  return ok(`postgres://${databaseRole}:${password}@127.0.0.1:${note.port}/postgres`);
}

function parseJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}
