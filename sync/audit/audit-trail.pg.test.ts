import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import type { Queries } from '../database/queries.ts';
import { createVault } from '../vault/vault.ts';
import { createAuditTrail, type AuditEvent } from './audit-trail.ts';

const key = { id: 'test', key: createSecretKey(randomBytes(32)) };
const vault = createVault({
  current: () => key,
  find: (id) => (id === key.id ? key : null),
  ids: () => [key.id],
});
const trail = createAuditTrail({ vault });
const canary = 'canary-93ab';
let db: TestDatabase;

beforeAll(async () => {
  db = await testDatabase();
});
afterAll(() => db.close());

const event = (userId: string, changes: Partial<AuditEvent> = {}): AuditEvent => ({
  userId,
  action: 'sign-in.succeeded',
  actor: userId,
  atMs: 1_700_000_000_000,
  detail: { address: canary, attempts: 3, isNew: true },
  ...changes,
});

const append = (entry: AuditEvent) =>
  db.app.transaction((transaction) => trail.append(transaction, entry));

async function account(entries = 0): Promise<string> {
  const userId = randomUUID();
  await db.app.transaction((transaction) => trail.open(transaction, userId));
  for (let n = 0; n < entries; n++) await append(event(userId, { atMs: n }));
  return userId;
}

/** Changes what is append-only, as somebody with the owner's password could. */
async function tamper(change: (queries: Queries) => Promise<unknown>): Promise<void> {
  await db.owner.transaction(async (transaction) => {
    await transaction.execute(sql`alter table audit_entries disable trigger user`);
    await change(transaction);
    await transaction.execute(sql`alter table audit_entries enable trigger user`);
  });
}

const rootMessage = (error: unknown): string =>
  error instanceof Error && error.cause ? rootMessage(error.cause) : String(error);

describe('an audit trail', () => {
  it('tells newest first what happened, page by page', async () => {
    const userId = await account(3);
    await append(event(userId, { action: 'sign-out', actor: 'server', atMs: 9, detail: {} }));
    const [newest, ...others] = await trail.list(db.app, userId, { limit: 2 });
    expect(newest).toEqual({ seq: 4, atMs: 9, action: 'sign-out', actor: 'server', detail: {} });
    expect(others.map(({ seq, detail }) => [seq, detail])).toEqual([
      [3, { address: canary, attempts: 3, isNew: true }],
    ]);
    const older = await trail.list(db.app, userId, { beforeSeq: 3, limit: 9 });
    expect(older.map(({ seq }) => seq)).toEqual([2, 1]);
    expect(await trail.verify(db.app, userId)).toEqual({ entries: 4, brokenAtSeq: null });
  });

  it('shows an account nothing of another', async () => {
    const [one, other] = [await account(2), await account(1)];
    expect(await trail.list(db.app, one, { limit: 9 })).toHaveLength(2);
    expect(await trail.list(db.app, other, { limit: 9 })).toHaveLength(1);
  });

  it('of 20 entries added at once is one chain without a gap', async () => {
    const userId = await account();
    const added = await Promise.all(
      Array.from({ length: 20 }, (_, n) => append(event(userId, { detail: { n } }))),
    );
    const inOrder = Array.from({ length: 20 }, (_, n) => n + 1);
    expect([...added].sort((a, b) => a - b)).toEqual(inOrder);
    expect(await trail.verify(db.app, userId)).toEqual({ entries: 20, brokenAtSeq: null });
    const kept = await trail.list(db.app, userId, { limit: 20 });
    expect(new Set(kept.map(({ detail }) => detail?.['n'])).size).toBe(20);
  });

  it('has no entry of a transaction that did not end well', async () => {
    const userId = await account(1);
    const cut = db.app.transaction(async (transaction) => {
      await trail.append(transaction, event(userId));
      throw new Error('cut short');
    });
    await expect(cut).rejects.toThrow('cut short');
    await append(event(userId));
    expect(await trail.verify(db.app, userId)).toEqual({ entries: 2, brokenAtSeq: null });
  });

  it('verifies while entries are added, and over more than a page of them', async () => {
    const userId = await account();
    const adding = db.app.transaction(async (transaction) => {
      for (let n = 0; n < 600; n++) await trail.append(transaction, event(userId));
    });
    const meanwhile = [];
    const appending = adding.then(async () => {
      for (let n = 0; n < 30; n++) await append(event(userId));
    });
    let done = false;
    void appending.then(() => (done = true));
    while (!done) meanwhile.push(await trail.verify(db.app, userId));
    expect(meanwhile.map(({ brokenAtSeq }) => brokenAtSeq).every((seq) => seq === null)).toBe(true);
    expect(await trail.verify(db.app, userId)).toEqual({ entries: 630, brokenAtSeq: null });
  });
});

describe('the particulars of an entry', () => {
  it('and the account key are in no column in plain', async () => {
    const userId = await account(2);
    const rows = await db.owner.execute<{ row: string }>(
      sql`select e::text as row from audit_entries e where user_id = ${userId}
          union all select k::text from user_keys k where user_id = ${userId}`,
    );
    expect(rows).toHaveLength(3);
    expect(rows.map(({ row }) => row).join('\n')).not.toMatch(/canary|address|attempts/);
  });

  it('are gone with the account key, and the chain still holds and can grow', async () => {
    const userId = await account(2);
    await db.app.transaction((transaction) => trail.destroyKey(transaction, userId));
    await append(event(userId));
    const entries = await trail.list(db.app, userId, { limit: 9 });
    expect(entries.map(({ detail }) => detail)).toEqual([null, null, null]);
    expect(await trail.verify(db.app, userId)).toEqual({ entries: 3, brokenAtSeq: null });
  });

  it('do not open in another entry', async () => {
    const userId = await account(2);
    await tamper((owner) =>
      owner.execute(
        sql`update audit_entries e set sealed_detail =
              (select sealed_detail from audit_entries where user_id = ${userId} and seq = 1)
            where user_id = ${userId} and seq = 2`,
      ),
    );
    await expect(trail.list(db.app, userId, { limit: 9 })).rejects.toThrow('are whole');
  });
});

describe('the database', () => {
  const changes = {
    update: sql`update audit_entries set actor = 'nobody'`,
    delete: sql`delete from audit_entries`,
    truncate: sql`truncate audit_entries`,
  };

  it.each(Object.entries(changes))('refuses the server to %s entries', async (_name, change) => {
    await account(1);
    const message = await db.app.execute(change).then(() => 'done', rootMessage);
    expect(message).toContain('permission denied for table audit_entries');
  });

  it.each(Object.entries(changes))('refuses its owner to %s entries', async (_name, change) => {
    await account(1);
    const message = await db.owner.execute(change).then(() => 'done', rootMessage);
    expect(message).toContain('audit_entries is append-only');
  });

  it('refuses the server to switch the refusal off, or to remove the end of a chain', async () => {
    for (const change of [
      sql`alter table audit_entries disable trigger user`,
      sql`drop trigger audit_entries_append_only on audit_entries`,
      sql`drop table audit_entries`,
      sql`delete from audit_heads`,
      sql`truncate audit_heads`,
      sql`set session_replication_role = replica`,
    ]) {
      const message = await db.app.execute(change).then(() => 'done', rootMessage);
      expect(message).toMatch(/permission denied|must be owner/);
    }
  });
});

describe('verification', () => {
  const text = { action: 'sign-out', actor: 'nobody', sealed_detail: '1.AAAA' };
  const hash = 'f'.repeat(64);
  const columns = { ...text, at_ms: 77, hash, previous_hash: hash };

  it('finds any single column of any entry that was changed', async () => {
    const column = fc.constantFrom(...Object.entries(columns));
    await fc.assert(
      fc.asyncProperty(column, fc.integer({ min: 1, max: 5 }), async ([name, value], seq) => {
        const userId = await account(5);
        await tamper((owner) =>
          owner.execute(
            sql`update audit_entries set ${sql.identifier(name)} = ${value}
                where user_id = ${userId} and seq = ${seq}`,
          ),
        );
        const found = await trail.verify(db.app, userId);
        expect(found).toEqual({ entries: seq - 1, brokenAtSeq: seq });
      }),
      { numRuns: 30 },
    );
  });

  it('finds any entry that was removed', async () => {
    for (const seq of [1, 2, 3, 4, 5]) {
      const userId = await account(5);
      await tamper((owner) =>
        owner.execute(sql`delete from audit_entries where user_id = ${userId} and seq = ${seq}`),
      );
      expect((await trail.verify(db.app, userId)).brokenAtSeq).toBe(seq);
    }
  });

  it('finds two entries that were swapped', async () => {
    const userId = await account(5);
    await tamper((owner) =>
      owner.execute(
        sql`update audit_entries e set at_ms = o.at_ms, sealed_detail = o.sealed_detail,
              previous_hash = o.previous_hash, hash = o.hash
            from audit_entries o where e.user_id = ${userId} and o.user_id = ${userId}
              and e.seq in (2, 3) and o.seq = 5 - e.seq`,
      ),
    );
    expect((await trail.verify(db.app, userId)).brokenAtSeq).toBe(2);
  });

  it('finds an entry that was slipped in before the first or after the last', async () => {
    for (const seq of [0, -3, 3, 9]) {
      const userId = await account(2);
      await db.app.execute(
        sql`insert into audit_entries select user_id, ${seq}, at_ms, action, actor, sealed_detail,
              hash, previous_hash from audit_entries where user_id = ${userId} and seq = 2`,
      );
      expect((await trail.verify(db.app, userId)).brokenAtSeq).not.toBeNull();
    }
  });

  it('finds an end that was changed, put back or removed', async () => {
    const changes = [
      (id: string) => sql`update audit_heads set hash = ${hash} where user_id = ${id}`,
      (id: string) => sql`update audit_heads set seq = 1 where user_id = ${id}`,
      (id: string) => sql`update audit_heads set seq = 3 where user_id = ${id}`,
      (id: string) => sql`delete from audit_heads where user_id = ${id}`,
    ];
    for (const change of changes) {
      const userId = await account(2);
      await tamper((owner) => owner.execute(change(userId)));
      expect((await trail.verify(db.app, userId)).brokenAtSeq).not.toBeNull();
    }
  });

  it('finds a chain that was put under another account', async () => {
    const [one, other] = [await account(2), await account()];
    await tamper(async (owner) => {
      await owner.execute(sql`update audit_entries set user_id = ${other} where user_id = ${one}`);
      await owner.execute(
        sql`update audit_heads h set seq = o.seq, hash = o.hash from audit_heads o
            where h.user_id = ${other} and o.user_id = ${one}`,
      );
    });
    expect((await trail.verify(db.app, other)).brokenAtSeq).toBe(1);
  });
});
