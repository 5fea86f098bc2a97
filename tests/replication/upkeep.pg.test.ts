/** What time does to what devices share: old deletions, loose chunks, devices given up, backups. */
import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { WireFragment } from '../../core/sync/fragment.ts';
import { formatHlc } from '../../core/sync/hlc.ts';
import { appRole, connect } from '../../sync/database/connection.ts';
import { storeChunk } from '../../sync/replication/chunk-store.ts';
import { randomToken } from '../../sync/replication/person-exchange.ts';
import { sweepAccount, sweepReplication } from '../../sync/replication/sweep.ts';
import { openInstallation, type Installation } from '../accounts/installation.ts';
import { openPeople, type People, type Person } from '../accounts/people.ts';
import { rowsOf, tenantTables } from '../accounts/snapshot.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { cellsOf, openDevice, type Device } from './device.ts';

const dayMs = 86_400_000;

let at: Installation;
let people: People;
let database: PostgresJsDatabase;
let closeDatabase: () => Promise<void>;
beforeAll(async () => {
  at = await openInstallation();
  people = await openPeople(at);
  const pool = connect(at.databaseUrl, { name: 'test', most: 2, role: appRole });
  ({ database, close: closeDatabase } = pool);
});
afterAll(async () => {
  await closeDatabase?.();
  await people?.close();
  await at?.close();
});

async function somebody(): Promise<{ person: Person; who: Visitor; device: Device }> {
  const person = await people.person();
  const who = await person.signedIn();
  return { person, who, device: await openDevice(who) };
}

const sweep = ({ userId }: Person, nowMs = Date.now()) =>
  sweepAccount(database, userId, { nowMs, randomToken });
const wholeOf = async (who: Visitor) => (await openDevice(who)).bootstrap();

describe('a row deleted long ago', () => {
  const longAgo = Date.now() - 91 * dayMs;
  /** Written and deleted 91 days ago, with a change beneath the deletion. */
  const written = (device: Device, row: string, value: 0 | 1 = 1): WireFragment[] => [
    device.op('strategies', row, { name: 'Old', 'inputs.length': 20 }, longAgo - dayMs),
    device.op('strategies', row, { _del: value, source: 'buy' }, longAgo),
    device.op('strategies', row, { 'inputs.length': 30 }, longAgo + dayMs),
  ];

  test('is purged once every device knows it, and what comes too late is told so', async () => {
    const { person, who, device } = await somebody();
    const other = await openDevice(who);
    const ops = [
      ...written(device, 'deleted'),
      ...written(device, 'brought back', 0),
      device.op('strategies', 'deleted lately', { _del: 1 }),
    ];
    await device.push(ops);
    await device.pull();
    const before = await rowsOf(at.sql, person.userId);
    await sweep(person);
    // The other device has not fetched it: it would never learn what became of the row.
    expect((await rowsOf(at.sql, person.userId))['fragments']).toBe(before['fragments']);

    await other.pull();
    for (const each of [device, other]) await each.pull();
    await sweep(person);
    const news = await other.pull();
    const [, , stamp] = ops[1]!;
    expect(news).toEqual([['strategies', 'deleted', stamp, { _del: 1 }, { p: 1 }]]);
    const kept = cellsOf(await wholeOf(who));
    const names = Object.keys(kept).map((place) => place.split(' ').slice(1, -1).join(' '));
    expect(names.filter((name) => name === 'deleted')).toHaveLength(1);
    expect(names.filter((name) => name === 'brought back').length).toBeGreaterThan(3);
    const late = other.op('strategies', 'deleted', { name: 'Late' });
    expect(await other.push([late])).toMatchObject({ outcomes: ['gone'] });
    expect(await other.digest()).toMatchObject({ kind: 'digest', head: ops.length + 1 });

    const { bytes } = await who.get<{ bytes: number }>('replication.usage');
    const [sum] = await at.sql`
      select sum(bytes)::int as bytes from fragments where user_id = ${person.userId}`;
    expect(sum).toEqual({ bytes });
    const after = await rowsOf(at.sql, person.userId);
    await sweep(person);
    expect((await rowsOf(at.sql, person.userId))['fragments']).toBe(after['fragments']);
  });

  test('does not wait for a device that was given up, which starts anew', async () => {
    const { person, who, device } = await somebody();
    const lost = await openDevice(who);
    await device.push(written(device, 'deleted'));
    await device.pull();
    await device.pull();
    await at.sql`update replicas set last_seen_ms = ${Date.now() - 181 * dayMs}
      where user_id = ${person.userId} and node = ${lost.node}`;
    await sweep(person);
    expect((await device.pull()).map(([, row, , cells]) => [row, cells])).toEqual([
      ['deleted', { _del: 1 }],
    ]);
    const answer = await lost.push([lost.op('settings', 'a', { value: 1 })]);
    expect(answer).toMatchObject({ kind: 'forked' });
    const { devices } = await who.get<{ devices: unknown[] }>('replication.devices');
    expect(devices).toMatchObject([{ node: device.node }]);
  });
});

describe('what only looks like an old deletion', () => {
  test('is left as it is, and does not keep its account from being tidied', async () => {
    const { person, who, device } = await somebody();
    const longAgo = Date.now() - 91 * dayMs;
    const [collection, row, stamp, cells] = device.op(
      'settings',
      'odd',
      { _del: 0, value: { _del: 1 } },
      longAgo,
    );
    expect(await device.push([[collection, row, stamp, cells]])).toMatchObject({
      outcomes: ['ok'],
    });
    await device.pull();
    await device.pull();
    await sweep(person);
    await sweep(person);
    expect(await wholeOf(who)).toEqual([[collection, row, stamp, cells]]);
  });
});

describe('a token', () => {
  test('is kept as long as a device may show it', async () => {
    const { person, who, device } = await somebody();
    const slow = await openDevice(who);
    const tokens = async () =>
      (
        await at.sql`select seq from replica_tokens where user_id = ${person.userId} order by seq`
      ).map((row) => Number(row['seq']));
    for (let n = 1; n <= 6; n++) {
      await device.push([device.op('settings', `row${n}`, { value: n })]);
      await device.pull();
      if (n === 3) await slow.pull();
    }
    // What a device has is known by what it asks for next.
    await device.pull();
    await at.sql`update replicas set cursor = 3 where user_id = ${person.userId} and node = ${slow.node}`;
    await sweep(person);
    expect(await tokens()).toEqual([3, 4, 5, 6]);
    expect(await slow.pull()).toHaveLength(3);
    await slow.pull();
    await sweep(person);
    expect(await tokens()).toEqual([6]);
    for (const each of [device, slow]) expect(await each.pull()).toEqual([]);
  });
});

describe('a chunk', () => {
  test('goes a week after it came where no row refers to it and no account plays it, and frees its room', async () => {
    const { person, who, device } = await somebody();
    const nowMs = Date.now();
    const put = async (ageMs: number) => {
      const bytes = randomBytes(1_000);
      const hash = createHash('sha256').update(bytes).digest('hex');
      const room = { nowMs: nowMs - ageMs, quotaBytes: 1_000_000, epoch: 1 };
      const stored = await storeChunk(database, person.userId, { hash, bytes }, room);
      expect(stored).toEqual({ ok: true, value: 'stored' });
      return hash;
    };
    const [referred, loose, young] = [await put(8 * dayMs), await put(8 * dayMs), await put(dayMs)];
    const played = await put(8 * dayMs);
    const series = [{ symbol: 'EURUSD', kind: 'bars', chunks: [played] }];
    const settings = { paper: { prices: { kind: 'replay', series } } };
    await person.tradingAccount({ kind: 'paper', settings });
    const stamp = formatHlc({ ms: nowMs, counter: 0 }, device.node);
    const op = ['settings', 'picture', stamp, { value: 1 }, { c: [referred] }];
    expect(await device.push([op])).toMatchObject({ outcomes: ['ok'] });
    const usage = () => who.get<{ bytes: number }>('replication.usage');
    const { bytes: before } = await usage();
    await sweepReplication(database, { nowMs, randomToken });
    const kept = await at.sql`select hash from chunks where user_id = ${person.userId}`;
    expect(kept.map((row) => String(row['hash'])).sort()).toEqual([referred, young, played].sort());
    expect(kept.map((row) => row['hash'])).not.toContain(loose);
    expect((await usage()).bytes).toBe(before - 1_000);
  });
});

describe('a server restored from an older backup', () => {
  const tables = ['replica_heads', 'replica_tokens', 'fragments', 'replicas'] as const;

  test('says so to each device, and has everything again once they sent what they have', async () => {
    const { person, who, device } = await somebody();
    const { userId } = person;
    const other = await openDevice(who);
    const value = (from: Device, n: number) => from.op('settings', `row${n}`, { value: n });
    const old = [value(device, 1), value(other, 2)];
    await device.push(old.slice(0, 1));
    await other.push(old.slice(1));
    for (const each of [device, other]) await each.pull();
    const copy = `backup_${randomUUID().replaceAll('-', '')}`;
    await at.sql`create schema ${at.sql(copy)}`;
    for (const table of tables) {
      await at.sql`create table ${at.sql(copy)}.${at.sql(table)} as
        select * from ${at.sql(table)} where user_id = ${userId}`;
    }
    const fresh = [value(device, 3), value(device, 4), value(other, 2)];
    await device.push(fresh.slice(0, 2));
    await other.push(fresh.slice(2));
    await at.sql.begin(async (sql) => {
      for (const table of tables) {
        await sql`delete from ${sql(table)} where user_id = ${userId}`;
        await sql`insert into ${sql(table)} select * from ${sql(copy)}.${sql(table)}`;
      }
    });
    await at.sql`drop schema ${at.sql(copy)} cascade`;

    // A device that came later has caught the numbers up: the token still tells them apart.
    const late = await openDevice(who);
    for (let n = 5; n < 8; n++) await late.push([value(late, n)]);
    const asked = { ...device.known(), cursor: device.cursor, limit: 10 };
    const pulled = await who.post<{ kind: string }>('replication.pull', asked);
    expect(pulled.kind).toBe('reset');
    expect(await other.push([value(other, 9)])).toMatchObject({ kind: 'reset' });

    // Each begins anew under another name, and sends what it has with the stamps it had.
    for (const has of [
      [old[0]!, ...fresh.slice(0, 2)],
      [old[1]!, fresh[2]!],
    ]) {
      const again = await openDevice(who);
      const outcomes = has.map(() => 'ok');
      expect(await again.push(has)).toMatchObject({ kind: 'done', outcomes });
    }
    const kept = cellsOf(await wholeOf(who));
    const expected = cellsOf([...old, ...fresh]);
    for (const [place, cell] of Object.entries(expected)) expect(kept[place]).toBe(cell);
    expect(Object.keys(kept)).toHaveLength(Object.keys(expected).length + 3);
  });
});

interface Listed {
  readonly node: string;
  readonly name: string;
  readonly isThis: boolean;
  readonly unsynced: number;
}

describe('the list of devices', () => {
  const listed = async (who: Visitor) =>
    (await who.get<{ devices: Listed[] }>('replication.devices')).devices;

  test('tells of each how much waits on it, and takes a name for it', async () => {
    const { who, device, person } = await somebody();
    const elsewhere = await person.signedIn();
    const phone = await openDevice(elsewhere);
    await phone.push([phone.op('settings', 'a', { value: 1 })]);
    const all = await listed(who);
    expect(all.map(({ node, isThis, unsynced }) => ({ node, isThis, unsynced }))).toEqual([
      { node: phone.node, isThis: false, unsynced: 1 },
      { node: device.node, isThis: true, unsynced: 0 },
    ]);
    await who.post('replication.renameDevice', { node: phone.node, name: 'Phone' });
    expect((await listed(who))[0]).toMatchObject({ node: phone.node, name: 'Phone' });
    const wrong = await who.try('POST', 'replication.renameDevice', { node: 'nobody', name: 'a' });
    expect(wrong.failure).toBe('sync.device-missing');
  });

  test('loses one that is taken off it, which is signed out and can do nothing more', async () => {
    const { who, device, person } = await somebody();
    const stolen = await person.signedIn();
    const phone = await openDevice(stolen);
    const revoked = await who.post('replication.revokeDevice', { node: phone.node });
    expect(revoked).toEqual({ signedOut: true });
    const op = phone.op('settings', 'a', { value: 1 });
    expect((await phone.tryPush(phone.request([op]))).failure).toBe('auth.sign-in-needed');
    // Signed in again it is another device.
    phone.moveTo(await person.signedIn());
    expect(await phone.push([op])).toMatchObject({ kind: 'forked' });
    expect(await who.post('replication.revokeDevice', { node: device.node })).toEqual({
      signedOut: false,
    });
    expect(await listed(who)).toEqual([]);
    const trail = await who.get<{ entries: { action: string }[] }>('security.audit', { limit: 2 });
    expect(trail.entries.map(({ action }) => action)).toEqual(['device.revoked', 'device.revoked']);
  });

  test('holds a hundred at most: whoever was away longest makes room', async () => {
    const { who, device, person } = await somebody();
    await at.sql`
      insert into replicas (user_id, node, name, session_id, nonce, created_ms, last_seen_ms)
      select ${person.userId}, lpad(n::text, 6, '0'), 'Old', gen_random_uuid(), '', n, n
      from generate_series(1, 99) as n`;
    const next = await openDevice(who);
    const nodes = (await listed(who)).map(({ node }) => node);
    expect(nodes).toHaveLength(100);
    expect(nodes).toEqual(expect.arrayContaining([device.node, next.node, '000002']));
    expect(nodes).not.toContain('000001');
  });
});

describe('an account that is deleted', () => {
  test('leaves nothing of a push that comes at the same moment', async () => {
    const { who, device, person } = await somebody();
    await device.push([device.op('settings', 'a', { value: 1 })]);
    const request = device.request([device.op('settings', 'b', { value: 2 })]);
    const late = await at.sql.begin(async (held) => {
      await held`select 1 from users where user_id = ${person.userId} for update`;
      const answer = device.tryPush(request);
      const isWaiting = () => at.sql`
        select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%key share%'`;
      while ((await isWaiting()).length === 0) await new Promise((done) => setTimeout(done, 10));
      for (const table of await tenantTables(at.sql)) {
        if (table.startsWith('audit')) continue;
        await held`delete from ${held(table)} where user_id = ${person.userId}`;
      }
      return { answer };
    });
    expect((await late.answer).failure).toBe('account.not-found');
    for (const table of ['replica_heads', 'replica_tokens', 'replicas', 'fragments'] as const) {
      const left = await at.sql`select 1 from ${at.sql(table)} where user_id = ${person.userId}`;
      expect(left, table).toHaveLength(0);
    }
    expect((await who.try('GET', 'replication.usage')).failure).toBe('auth.sign-in-needed');
  });
});
