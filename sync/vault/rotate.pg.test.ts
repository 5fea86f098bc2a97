import { randomUUID } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { checkKeys } from './key-check.ts';
import { readKeyFile } from './key-file.ts';
import { openKeyRing, type KeyRing } from './key-ring.ts';
import { rotateVault, type Rotation, type RotationReport } from './rotate.ts';
import { placeOf, sealedColumns, type SealedName } from './sealed-columns.ts';
import { createVault } from './vault.ts';

interface Sealed {
  readonly name: SealedName;
  readonly userId: string;
  readonly row: string;
  readonly text: string;
}

const names = Object.keys(sealedColumns) as SealedName[];
let db: TestDatabase;
let file: string;

beforeAll(async () => {
  db = await testDatabase();
  file = join(db.folder, 'vault-keys.json');
});
afterAll(() => db.close());
beforeEach(async () => {
  await rm(file, { force: true });
  const tables = [...new Set(names.map((name) => sealedColumns[name].table))];
  await db.owner.execute(sql.raw(`truncate ${tables.join(', ')}`));
});

async function ring(given: string | null = null): Promise<KeyRing> {
  const opened = await openKeyRing({ file, given, absent: 'make', nowMs: 1 });
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

async function keyIds(): Promise<readonly string[]> {
  const read = readKeyFile(file);
  return read.ok && read.value ? read.value.map(({ id }) => id) : [];
}

/** Saves a value in one of the sealed columns, the other columns filled with anything. */
async function save(
  { name, userId, row }: Omit<Sealed, 'text'>,
  sealed: string | null,
): Promise<void> {
  const user = sql`${userId}::uuid`;
  const statements: Record<SealedName, ReturnType<typeof sql>> = {
    userKey: sql`insert into user_keys values (${user}, ${sealed})`,
    totpSecret: sql`insert into totp_factors (user_id, sealed_secret, created_ms)
      values (${user}, ${sealed}, 1)`,
    storedSecret: sql`insert into stored_secrets
      values (${user}, ${row}::uuid, 'broker', ${row}, ${sealed}, 1, 1)`,
    tradingToken: sql`insert into trading_accounts (user_id, account_id, name, kind, state,
        sealed_token, limits, settings, instruments, created_ms)
      values (${user}, ${row}::uuid, 'Terminal', 'mt5', 'paired', ${sealed}, '{}', '{}', '[]', 1)`,
    pushSubscription: sql`insert into push_subscriptions (user_id, subscription_id, session_id,
        endpoint_hash, sealed_subscription, name, created_ms)
      values (${user}, ${row}::uuid, ${row}::uuid, ${row}, ${sealed}, 'Browser', 1)`,
    pushKey: sql`insert into push_keys values (${user}, 'public', ${sealed}, 1)`,
    mailTokenDetail: sql`insert into mail_tokens
      values (${user}, ${row}, 'change-email', ${sealed}, 1, 1)`,
    mailContent: sql`insert into mails
      (user_id, mail_id, template, sealed_content, state, created_ms, request_id)
      values (${user}, ${row}::uuid, 'welcome', ${sealed}, 'queued', 1, 'request')`,
  };
  await db.app.execute(statements[name]);
}

async function fill(own: KeyRing, each: number): Promise<readonly Sealed[]> {
  const vault = createVault(own);
  const values = names.flatMap((name) =>
    Array.from({ length: each }, (): Sealed => {
      const userId = randomUUID();
      const row = sealedColumns[name].row === 'user_id' ? userId : randomUUID();
      return { name, userId, row, text: `canary ${name} ${row}` };
    }),
  );
  await Promise.all(
    values.map((value) => save(value, vault.seal(value.text, placeOf(value.name, value)))),
  );
  return values;
}

async function readBack(own: KeyRing, values: readonly Sealed[]): Promise<readonly string[]> {
  const vault = createVault(own);
  return Promise.all(
    values.map(async (value) => {
      const { table, column, row } = sealedColumns[value.name];
      const [found] = await db.app.execute<{ sealed: string }>(
        sql`select ${sql.identifier(column)} as sealed from ${sql.identifier(table)}
            where user_id = ${value.userId}::uuid and ${sql.identifier(row)}::text = ${value.row}`,
      );
      return vault.open(found!.sealed, placeOf(value.name, value));
    }),
  );
}

async function rotate(changes: Partial<Rotation> = {}): Promise<RotationReport> {
  const report = await rotateVault({
    database: db.app,
    file,
    given: null,
    nowMs: () => 1_000,
    wait: async () => undefined,
    graceMs: 60_000,
    ...changes,
  });
  if (!report.ok) throw new Error(report.error.sentence);
  return report.value;
}

/** Saves `newer` in a transaction that ends once the rotation waits for the row. */
function replaceOnceAwaited(own: KeyRing, value: Sealed): Promise<void> {
  const sealed = createVault(own).seal('newer', placeOf(value.name, value));
  return db.app.transaction(async (transaction) => {
    await transaction.execute(sql`update stored_secrets set sealed_value = ${sealed}`);
    for (let waiting = 0; waiting === 0;) {
      const [row] = await db.owner.execute<{ waiting: number }>(
        sql`select count(*)::int as waiting from pg_locks where not granted`,
      );
      waiting = row!.waiting;
    }
  });
}

const textsOf = (values: readonly Sealed[]) => values.map(({ text }) => text);

describe('a rotation of the master key', () => {
  it('puts every value under a new key and removes the old one, while a server works', async () => {
    const server = await ring();
    const values = await fill(server, 250);
    const [old] = await keyIds();
    const report = await rotate();
    const [current, ...others] = await keyIds();
    expect(others).toEqual([]);
    expect(report).toEqual({
      currentKeyId: current,
      rewrapped: values.length,
      unusedKeyIds: [old],
      neededKeyIds: [],
      unreadable: [],
    });
    expect(current).not.toBe(old);
    expect(await readBack(server, values)).toEqual(textsOf(values));
    expect(await readBack(await ring(), values)).toEqual(textsOf(values));
  });

  it('that is ended after any step loses nothing and is finished by the next', async () => {
    const server = await ring();
    const values = await fill(server, 3);
    const dead = 'the process is dead';
    let ended = true;
    let kills = 0;
    for (; ended; kills++) {
      const [old] = await keyIds();
      let left = kills;
      const onStep = () => {
        if (left-- === 0) throw new Error(dead);
      };
      ended = await rotate({ onStep }).then(
        () => false,
        (error: Error) => error.message === dead,
      );
      expect(await readBack(server, values)).toEqual(textsOf(values));
      expect(await readBack(await ring(), values)).toEqual(textsOf(values));
      await rotate();
      expect(await keyIds()).toHaveLength(1);
      expect(await keyIds()).not.toContain(old);
      expect(await readBack(await ring(), values)).toEqual(textsOf(values));
    }
    // Five steps and a batch a column, twice.
    expect(kills).toBe(5 + 2 * names.length + 1);
  });

  it('goes on with the key that was added rather than adding another', async () => {
    await ring();
    const onStep = () => {
      throw new Error('dead');
    };
    await expect(rotate({ onStep })).rejects.toThrow('dead');
    const [added] = await keyIds();
    await rotate();
    expect(await keyIds()).toEqual([added]);
  });

  it('waits for what the old key sealed last, and rewraps it too', async () => {
    const own = await ring();
    const late: Sealed = { name: 'userKey', userId: randomUUID(), row: '', text: 'late' };
    const value = { ...late, row: late.userId };
    const sealedBefore = createVault(own).seal(value.text, placeOf('userKey', value));
    const waits: number[] = [];
    const wait = async (forMs: number) => {
      waits.push(forMs);
      await save(value, sealedBefore);
    };
    const report = await rotate({ wait });
    expect(waits).toEqual([60_000]);
    expect(report).toMatchObject({ rewrapped: 1, neededKeyIds: [] });
    expect(await readBack(await ring(), [value])).toEqual(['late']);
  });

  it('leaves a value alone that somebody replaces meanwhile', async () => {
    const server = await ring();
    const [value] = (await fill(server, 1)).filter(({ name }) => name === 'storedSecret');
    let replacing: Promise<void> | null = null;
    const onStep: Rotation['onStep'] = (step) => {
      if (step === 'key-added') replacing = replaceOnceAwaited(server, value!);
    };
    await rotate({ onStep });
    await replacing;
    expect(await readBack(await ring(), [value!])).toEqual(['newer']);
  });

  it('keeps the old key and names the values when some cannot be read', async () => {
    const values = await fill(await ring(), 1);
    const [old] = await keyIds();
    const moved = values.find(({ name }) => name === 'mailContent')!;
    const elsewhere = randomUUID();
    await db.app.execute(sql`update mails set mail_id = ${elsewhere}::uuid`);
    const report = await rotate();
    expect(report.neededKeyIds).toEqual([old]);
    expect(report.unreadable).toEqual([
      { table: 'mails', column: 'sealed_content', userId: moved.userId, row: elsewhere },
    ]);
    expect(await keyIds()).toContain(old);
  });

  it('is refused while another is under way', async () => {
    await ring();
    let second: unknown = null;
    const onStep: Rotation['onStep'] = async (step) => {
      if (step === 'rewrapped') second = await rotate().catch((error: Error) => error.message);
    };
    await rotate({ onStep });
    expect(second).toContain('under way');
  });

  it('leaves values alone that are not there', async () => {
    await ring();
    await save({ name: 'mailTokenDetail', userId: randomUUID(), row: 'hash' }, null);
    expect(await rotate()).toMatchObject({ rewrapped: 0, unreadable: [] });
  });

  it('over keys of the environment says which of them can go', async () => {
    const one = 'a:6f1c9be0a35d72488e0b51c7f2943da8107be6d5523fca9814ee7d60b2958c3b';
    const two = 'b:d04e7a918b3c52f6e91507ca6bd8234f3a71c06e95fd18b2470c6eaa539b81f4';
    const values = await fill(await ring(one), 2);
    const report = await rotate({ given: `${two},${one}` });
    expect(report).toMatchObject({
      currentKeyId: 'b',
      rewrapped: 2 * names.length,
      unusedKeyIds: ['a'],
    });
    expect(await readBack(await ring(two), values)).toEqual(textsOf(values));
    expect(await keyIds()).toEqual([]);
  });
});

it('every sealed column of the database is known to the rotation', async () => {
  const rows = await db.owner.execute<{ table: string; column: string }>(
    sql`select table_name as table, column_name as column from information_schema.columns
        where table_schema = 'public' and column_name like 'sealed\\_%'`,
  );
  const found = rows.map(({ table, column }) => `${table}.${column}`).sort();
  const known = Object.values(sealedColumns).map(({ table, column }) => `${table}.${column}`);
  // Sealed by the account's own key, and part of what is hashed: it never changes.
  expect(found).toEqual([...known, 'audit_entries.sealed_detail'].sort());
});

it('a database whose keys are missing is refused, and one whose keys are here is not', async () => {
  const own = await ring();
  await fill(own, 1);
  expect(await checkKeys(db.app, own)).toEqual({ ok: true, value: undefined });
  const [lost] = await keyIds();
  await rm(file);
  const refused = await checkKeys(db.app, await ring());
  expect(refused).toMatchObject({ ok: false });
  expect(refused.ok ? '' : refused.error.sentence).toContain(`values (${names.length})`);
  expect(refused.ok ? '' : refused.error.sentence).toContain(lost);
});

it('what is sealed appears in no table in plain, nor the keys', async () => {
  const own = await ring();
  await fill(own, 2);
  await rotate();
  const { keys } = JSON.parse(await readFile(file, 'utf8')) as { keys: { key: string }[] };
  const dumps = await Promise.all(
    names.map((name) =>
      db.owner.execute<{ row: string }>(
        sql`select t::text as row from ${sql.identifier(sealedColumns[name].table)} t`,
      ),
    ),
  );
  const text = dumps.flatMap((rows) => rows.map(({ row }) => row)).join('\n');
  expect(dumps.every((rows) => rows.length === 2)).toBe(true);
  expect(text).not.toMatch(/canary/);
  for (const { key } of keys) expect(text).not.toContain(key);
});
