import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { users } from '../schema/users.ts';
import { createVault } from '../vault/vault.ts';
import { createSecretStore, mostSecrets, type NewSecret } from './secret-store.ts';

const key = { id: 'test', key: createSecretKey(randomBytes(32)) };
const ring = { current: () => key, find: () => key, ids: () => [key.id] };
const store = createSecretStore({ vault: createVault(ring) });
const canary = 'canary-77e0';
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

async function account(): Promise<string> {
  const userId = randomUUID();
  await db.app.insert(users).values({
    userId,
    email: 'ann@example.test',
    passwordHash: 'none',
    passwordChangedMs: 1,
    createdMs: 1,
  });
  return userId;
}

const secret = (changes: Partial<NewSecret> = {}): NewSecret => ({
  kind: 'broker',
  name: 'Demo',
  value: canary,
  nowMs: 5,
  ...changes,
});

const put = (userId: string, changes: Partial<NewSecret> = {}) =>
  db.app.transaction((transaction) => store.put(transaction, userId, secret(changes)));

async function stored(userId: string, changes: Partial<NewSecret> = {}): Promise<string> {
  const done = await put(userId, changes);
  if (!done.ok) throw new Error(done.error.detail);
  return done.value.secretId;
}

describe('stored secrets', () => {
  it('open for the server and are listed without their value', async () => {
    const userId = await account();
    const secretId = await stored(userId);
    await stored(userId, { name: 'Assistant', kind: 'assistant', value: 'other' });
    expect(await store.open(db.app, userId, secretId)).toEqual({ ok: true, value: canary });
    const list = await store.list(db.app, userId);
    expect(list.map(({ name }) => name)).toEqual(['Assistant', 'Demo']);
    expect(list[1]).toEqual({ secretId, kind: 'broker', name: 'Demo', createdMs: 5, changedMs: 5 });
  });

  it('are in no column in plain', async () => {
    const userId = await account();
    await stored(userId);
    const [row] = await db.owner.execute<{ row: string }>(
      sql`select s::text as row from stored_secrets s where user_id = ${userId}`,
    );
    expect(row!.row).toContain('Demo');
    expect(row!.row).not.toContain(canary);
  });

  it('of the same name replace one another and keep their id', async () => {
    const userId = await account();
    const secretId = await stored(userId);
    const again = { kind: 'market-data', value: 'newer', nowMs: 9 } as const;
    expect(await stored(userId, again)).toBe(secretId);
    expect(await store.open(db.app, userId, secretId)).toEqual({ ok: true, value: 'newer' });
    expect(await store.list(db.app, userId)).toEqual([
      { secretId, kind: 'market-data', name: 'Demo', createdMs: 5, changedMs: 9 },
    ]);
  });

  it('put in twenty times at once under one name are one', async () => {
    const userId = await account();
    const ids = await Promise.all(
      Array.from({ length: 20 }, (_, n) => stored(userId, { value: `value ${n}` })),
    );
    expect(new Set(ids).size).toBe(1);
    expect(await store.open(db.app, userId, ids[0]!)).toMatchObject({ ok: true });
  });

  it('belong to one account: another neither opens nor removes them', async () => {
    const [owner, stranger] = [await account(), await account()];
    const secretId = await stored(owner);
    const notFound = { ok: false, error: { code: 'account.not-found' } };
    expect(await store.open(db.app, stranger, secretId)).toMatchObject(notFound);
    expect(await store.remove(db.app, stranger, secretId)).toMatchObject(notFound);
    expect(await store.list(db.app, stranger)).toEqual([]);
    expect(await store.open(db.app, owner, secretId)).toMatchObject({ ok: true });
  });

  it('do not open where somebody gave the row to another account', async () => {
    const [owner, stranger] = [await account(), await account()];
    const secretId = await stored(owner);
    await db.owner.execute(
      sql`update stored_secrets set user_id = ${stranger} where secret_id = ${secretId}`,
    );
    await expect(store.open(db.app, stranger, secretId)).rejects.toThrow('is whole');
  });

  it('are gone once removed, and the second removal says so', async () => {
    const userId = await account();
    const secretId = await stored(userId);
    const removed = await store.remove(db.app, userId, secretId);
    expect(removed).toMatchObject({ ok: true, value: { secretId, name: 'Demo' } });
    for (const again of [
      await store.remove(db.app, userId, secretId),
      await store.open(db.app, userId, secretId),
    ]) {
      expect(again).toMatchObject({ ok: false, error: { code: 'account.not-found' } });
    }
  });

  it('are at most fifty of at most 4 kB, counted in bytes, even when put in at once', async () => {
    const userId = await account();
    const longest = 'é'.repeat(2_048);
    const done = await Promise.all(
      Array.from({ length: mostSecrets + 5 }, (_, n) =>
        put(userId, { name: `n${n}`, value: longest }),
      ),
    );
    const failed = done.filter(({ ok }) => !ok);
    expect(failed).toHaveLength(5);
    expect(failed[0]).toMatchObject({ error: { code: 'account.too-many' } });
    const replaced = (await store.list(db.app, userId))[0]!.name;
    expect(await put(userId, { name: replaced })).toMatchObject({ ok: true });
    const tooLong = await put(userId, { name: replaced, value: `${longest}x` });
    expect(tooLong).toMatchObject({ error: { code: 'server.request-too-large' } });
  });

  it('need an account', async () => {
    expect(await put(randomUUID())).toMatchObject({ error: { code: 'account.not-found' } });
  });
});
