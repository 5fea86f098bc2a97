import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { execFile } from 'node:child_process';
import { appendFile, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { createVault } from '../vault/vault.ts';
import { anchorHeads, readAnchors, type Anchor } from './anchor.ts';
import { createAuditTrail } from './audit-trail.ts';
import { verifyAll } from './verify-all.ts';

const key = { id: 'test', key: createSecretKey(randomBytes(32)) };
const ring = { current: () => key, find: () => key, ids: () => [key.id] };
const trail = createAuditTrail({ vault: createVault(ring) });
let db: TestDatabase;
let list: string;

beforeAll(async () => {
  db = await testDatabase();
  list = join(db.folder, 'audit-anchors.jsonl');
});
afterAll(() => db.close());
beforeEach(async () => {
  await rm(list, { force: true });
  await rm(join(db.folder, 'audit-anchors'), { recursive: true, force: true });
  await tamper(
    sql`delete from audit_entries`,
    sql`delete from audit_heads`,
    sql`delete from user_keys`,
  );
});

async function tamper(...changes: readonly ReturnType<typeof sql>[]): Promise<void> {
  await db.owner.transaction(async (transaction) => {
    await transaction.execute(sql`alter table audit_entries disable trigger user`);
    for (const change of changes) await transaction.execute(change);
    await transaction.execute(sql`alter table audit_entries enable trigger user`);
  });
}

async function append(userId: string, times: number, word = 'said'): Promise<void> {
  for (let n = 0; n < times; n++) {
    await db.app.transaction((transaction) =>
      trail.append(transaction, {
        userId,
        action: 'profile.changed',
        actor: userId,
        atMs: n,
        detail: { word },
      }),
    );
  }
}

async function account(entries: number): Promise<string> {
  const userId = randomUUID();
  await db.app.transaction((transaction) => trail.open(transaction, userId));
  await append(userId, entries);
  return userId;
}

async function anchor(nowMs = 1_700_000_000_000): Promise<Anchor> {
  const made = await anchorHeads({ database: db.app, dataFolder: db.folder, nowMs });
  if (!made.ok) throw new Error(made.error.sentence);
  return made.value;
}

const verify = (userId: string | null = null) =>
  verifyAll({ database: db.app, dataFolder: db.folder, userId });

/** Makes the account's whole history anew, with hashes that are right. */
async function rewrite(userId: string, entries: number): Promise<void> {
  await tamper(
    sql`delete from audit_entries where user_id = ${userId}`,
    sql`update audit_heads set seq = 0, hash = ${'0'.repeat(64)} where user_id = ${userId}`,
  );
  await append(userId, entries, 'made up');
}

describe('an anchor', () => {
  it('holds every end, readable by its owner alone, and follows from the one before', async () => {
    const ids = [await account(2), await account(0), await account(1)].sort();
    const first = await anchor();
    await append(ids[0]!, 1);
    const second = await anchor();
    expect([first.accounts, second.accounts]).toEqual([3, 3]);
    expect(first.previous).toBe('0'.repeat(64));
    expect(second.file).not.toBe(first.file);
    const heads = (await readFile(join(db.folder, second.file), 'utf8')).trim().split('\n');
    expect(heads.map((line) => (JSON.parse(line) as { userId: string }).userId)).toEqual(ids);
    for (const file of [list, join(db.folder, second.file)]) {
      expect((await stat(file)).mode & 0o077).toBe(0);
    }
    expect(await verify()).toEqual({
      accounts: 3,
      entries: 4,
      anchors: 2,
      broken: [],
      anchorProblem: null,
    });
  });

  it('finds a history that was rewritten with right hashes, shorter, as long or longer', async () => {
    const other = await account(2);
    for (const length of [0, 2, 4, 6, 9]) {
      const userId = await account(6);
      await anchor();
      await append(userId, 1);
      await anchor();
      await rewrite(userId, length);
      const brokenAtSeq = length < 6 ? length + 1 : 6;
      expect(await trail.verify(db.app, userId)).toMatchObject({ brokenAtSeq: null });
      expect((await verify()).broken).toContainEqual({ userId, brokenAtSeq });
      expect((await verify(other)).broken).toEqual([]);
      expect((await verify(userId)).broken).toHaveLength(1);
    }
  });

  it('finds a rewriting that later anchors have taken for the truth', async () => {
    const userId = await account(3);
    await anchor();
    await rewrite(userId, 5);
    await anchor();
    expect((await verify()).broken).toEqual([{ userId, brokenAtSeq: 3 }]);
  });

  it('finds an account that was wiped out of every table', async () => {
    const userId = await account(3);
    await anchor();
    await tamper(
      sql`delete from audit_entries where user_id = ${userId}`,
      sql`delete from audit_heads where user_id = ${userId}`,
    );
    expect((await verify()).broken).toEqual([{ userId, brokenAtSeq: 1 }]);
  });

  it('that was changed, cut or lost is noticed', async () => {
    await account(2);
    await anchor();
    await anchor();
    const { file } = await anchor();
    const [lines, heads] = [
      await readFile(list, 'utf8'),
      await readFile(join(db.folder, file), 'utf8'),
    ];
    const [one, two, three] = lines.trim().split('\n');
    const put = (text: string) => writeFile(list, text);
    const damages = [
      () => put(lines.replace(/"accounts":1/, '"accounts":2')),
      () => put(`${one}\n${three}\n`),
      () => put(`${two}\n${three}\n`),
      () => put(`${two}\n${one}\n${three}\n`),
      () => put(lines.slice(0, -1)),
      () => appendFile(list, 'nonsense\n'),
      () => writeFile(join(db.folder, file), heads.replace('"seq":2', '"seq":1')),
      () => rm(join(db.folder, file)),
    ];
    for (const damage of damages) {
      await put(lines);
      await writeFile(join(db.folder, file), heads);
      expect((await verify()).anchorProblem).toBeNull();
      await damage();
      expect((await verify()).anchorProblem).not.toBeNull();
    }
  });

  it('is not added to a list that is damaged', async () => {
    await account(1);
    await anchor();
    await appendFile(list, '{"atMs":');
    await expect(anchor()).rejects.toThrow('damaged');
  });

  it('that was cut short after its first file is of no account', async () => {
    await account(1);
    const { file } = await anchor();
    await rm(list);
    expect(await readAnchors(db.folder)).toEqual({
      ok: true,
      value: { count: 0, byUser: new Map() },
    });
    expect((await anchor()).file).toBe(file);
    expect(await readdir(join(db.folder, 'audit-anchors'))).toHaveLength(1);
  });
});

describe('the command', () => {
  function run(...args: readonly string[]) {
    const script = join(import.meta.dirname, 'audit.command.ts');
    const env = { PATH: process.env['PATH'] ?? '', OFFING_DATA: db.folder };
    return new Promise<{ code: number; out: string; errors: string }>((resolve) => {
      const child = execFile(process.execPath, [script, ...args], { env }, (_error, out, errors) =>
        resolve({ code: child.exitCode ?? -1, out, errors }),
      );
    });
  }

  it('anchors and verifies beside a running server, and tells by its exit code', async () => {
    const userId = await account(2);
    const anchored = await run('anchor', '--json');
    expect(anchored).toMatchObject({ code: 0, errors: '' });
    expect(JSON.parse(anchored.out)).toMatchObject({ accounts: 1 });
    expect(await run('verify')).toEqual({
      code: 0,
      out: 'All audit trails are whole.\nAccounts: 1, entries: 2, anchors: 1.\n',
      errors: '',
    });
    await rewrite(userId, 2);
    const broken = await run('verify', '--user', userId, '--json');
    expect(broken.code).toBe(1);
    expect(JSON.parse(broken.out)).toMatchObject({ broken: [{ userId, brokenAtSeq: 2 }] });
  });

  it('says what it takes when it is asked for something else', async () => {
    for (const args of [[], ['mend'], ['verify', '--all'], ['verify', '--user', 'ann']]) {
      const said = await run(...args);
      expect(said).toMatchObject({ code: 2, out: '' });
      expect(said.errors).not.toBe('');
    }
  });
});
