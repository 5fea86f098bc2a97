import { execFile } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { openKeyRing } from './key-ring.ts';
import { placeOf } from './sealed-columns.ts';
import { createVault } from './vault.ts';

const script = join(import.meta.dirname, 'vault.command.ts');
const userId = randomUUID();
let db: TestDatabase;
let file: string;

beforeAll(async () => {
  db = await testDatabase();
  file = join(db.folder, 'vault-keys.json');
  const ring = await openKeyRing({ file, given: null, absent: 'make', nowMs: 1 });
  if (!ring.ok) throw new Error(ring.error.sentence);
  const sealed = createVault(ring.value).seal('text', placeOf('userKey', { userId }));
  await db.app.execute(sql`insert into user_keys values (${userId}::uuid, ${sealed})`);
});
afterAll(() => db.close());

interface Said {
  readonly code: number;
  readonly out: string;
  readonly errors: string;
}

function run(args: readonly string[], settings: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'] ?? '', OFFING_DATA: db.folder, ...settings };
  return new Promise<Said>((resolve) => {
    const child = execFile(process.execPath, [script, ...args], { env }, (_error, out, errors) =>
      resolve({ code: child.exitCode ?? -1, out, errors }),
    );
  });
}

describe('the command', () => {
  const given = `env:${randomBytes(32).toString('hex')}`;

  it('finds the embedded database and tells which key seals what', async () => {
    const said = await run(['status', '--json']);
    expect(said).toMatchObject({ code: 0, errors: '' });
    expect(JSON.parse(said.out)).toMatchObject({
      keys: [{ createdMs: 1, retiredMs: null, values: 1 }],
      missingKeys: [],
    });
    expect((await run(['status'])).out).toContain('seals, values: 1, made 1970-01-01');
  });

  it('uses a given database, and names keys that are missing by its exit code', async () => {
    const said = await run(['status'], { DATABASE_URL: db.url, OFFING_VAULT_KEYS: given });
    expect(said.code).toBe(1);
    expect(said.out).toContain('MISSING, values: 1');
  });

  it('names what a rotation could not open, and shows no key', async () => {
    const said = await run(['rotate'], { OFFING_VAULT_KEYS: given });
    expect(said.code).toBe(1);
    expect(said.out).toContain(`user_keys.sealed_key of the account ${userId}`);
    expect(said.out + said.errors).not.toContain(given.slice(4));
  });

  it('refuses what it does not know, keys that are no good and a server that is not there', async () => {
    const elsewhere = join(db.folder, 'pages');
    for (const [args, settings] of [
      [[], {}],
      [['melt'], {}],
      [['status', '--loud'], {}],
      [['status'], { OFFING_VAULT_KEYS: 'a:b' }],
      [['status'], { OFFING_DATA: elsewhere }],
      [['status'], { DATABASE_URL: 'postgres://offing:hunter2@127.0.0.1:1/x' }],
    ] as const) {
      const said = await run(args, settings);
      expect(said).toMatchObject({ code: 2, out: '' });
      expect(said.errors).not.toBe('');
      expect(said.errors).not.toContain('hunter2');
    }
  });

  it('makes no keys of its own', async () => {
    await rm(file);
    for (const action of ['rotate', 'status']) {
      const said = await run([action]);
      expect(said).toMatchObject({ code: 2, out: '' });
      expect(said.errors).toContain('There are no vault keys');
    }
  });
});
