/** The database is cut off, or the server killed, at every point of an act: it was done or it was not. */
import { randomBytes } from 'node:crypto';
import postgres, { type Sql } from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../sync/audit/chain-verification.ts';

import { testDatabase, type TestDatabase } from '../postgres.ts';
import { launch, removeFolder, temporaryFolder, type ServerProcess } from '../server-process.ts';
import { openCuttingProxy, type CuttingProxy } from './cutting-proxy.ts';
import { openInside, type Inside } from './inside.ts';
import { wideLimits } from './installation.ts';
import { acts, quickPasswords, type Deed } from './interrupted-acts.ts';
import { tenantTables } from './snapshot.ts';
import { visitor } from './visitor.ts';

const secret = randomBytes(32).toString('hex');
const vaultKeys = `test:${randomBytes(32).toString('hex')}`;

let database: TestDatabase;
let sql: Sql;
beforeAll(async () => {
  database = await testDatabase();
  sql = postgres(database.url, { max: 4, onnotice: () => undefined });
});
afterAll(async () => {
  await sql.end();
  await database.close();
});

/** Challenges lie about for five minutes, whatever becomes of them. */
const passing = 'passkey_challenges';
let countRows: string;
beforeAll(async () => {
  countRows = (await tenantTables(sql))
    .filter((table) => table !== passing)
    .map(
      (name) => `select '${name}' as name, count(*)::int as rows from ${name} where user_id = $1`,
    )
    .join(' union all ');
});

interface Known {
  readonly userId: string | null;
  readonly passwordHash: string | null;
}

async function lookUp(email: string): Promise<Known> {
  const [row] = await sql<{ user_id: string; password_hash: string }[]>`
    select user_id, password_hash from users join email_directory using (user_id)
    where email_directory.email = ${email}`;
  return { userId: row?.user_id ?? null, passwordHash: row?.password_hash ?? null };
}

/** What is there of the account, without what differs from one account to the next. */
async function shapeOf(email: string, first: Known) {
  const now = await lookUp(email);
  const userId = first.userId ?? now.userId;
  if (userId === null) return null;
  const rows = await sql.unsafe<{ name: string; rows: number }[]>(countRows, [userId]);
  const counts = Object.fromEntries(rows.map((row) => [row.name, row.rows]));
  const [user] = await sql`select email_verified_ms from users where user_id = ${userId}`;
  const actions = await sql`
    select action from audit_entries where user_id = ${userId} order by seq`;
  const letters = await sql`select template from mails where user_id = ${userId} order by 1`;
  const apps = await sql`
    select confirmed_ms is not null as confirmed from totp_factors where user_id = ${userId}`;
  return {
    counts,
    actions: actions.map((row) => row['action'] as string),
    letters: letters.map((row) => row['template'] as string),
    isVerified: (user?.['email_verified_ms'] ?? null) !== null,
    hasAddress: now.userId === userId,
    hasFirstPassword: now.passwordHash !== null && now.passwordHash === first.passwordHash,
    isGuarded: apps[0]?.['confirmed'] === true,
  };
}

type Shape = Awaited<ReturnType<typeof shapeOf>>;

/** What must hold of all accounts at any moment. */
async function checkWholeness(userId: string | null): Promise<void> {
  const strays = await sql`
    select u.user_id from users u full join email_directory d using (user_id)
    full join user_keys k using (user_id)
    where u.user_id is null or d.user_id is null or k.user_id is null`;
  expect(strays).toHaveLength(0);
  const halves = await sql`
    select user_id from totp_factors t where confirmed_ms is not null and 10 <>
      (select count(*) from recovery_codes r where r.user_id = t.user_id)`;
  expect(halves).toHaveLength(0);
  const unsent = await sql`
    select 1 from mails m where state = 'queued' and not exists
      (select from pgboss.job j where j.data->'data'->>'mailId' = m.mail_id::text)`;
  expect(unsent).toHaveLength(0);
  if (userId !== null) {
    expect((await verifyChain(database.owner, userId)).brokenAtSeq).toBeNull();
  }
}

/** Before and after, of an account that nothing disturbed; and what stands between two transactions. */
async function reference(name: keyof typeof acts, inside: Inside) {
  const deed = await acts[name](inside);
  const first = await lookUp(deed.email);
  const before = await shapeOf(deed.email, first);
  expect(await deed.run()).toMatchObject({ ok: true });
  const after = await shapeOf(deed.email, first);
  const between = name === 'confirming the address' ? [withoutSession(after)] : [];
  return { before, after, allowed: [before, after, ...between] };
}

/** Confirming is done when the signing in after it was cut off: the next sign-in is the first. */
function withoutSession(shape: Shape): Shape {
  if (!shape) return shape;
  const { counts, actions } = shape;
  const less = (table: string) => ({ [table]: counts[table]! - 1 });
  return {
    ...shape,
    counts: { ...counts, ...less('sessions'), ...less('audit_entries') },
    actions: actions.slice(0, -1),
  };
}

/** As many as run at a time. */
const lanes = 5;
const names = Object.keys(acts) as (keyof typeof acts)[];

interface Lane {
  readonly proxy: CuttingProxy;
  readonly inside: Inside;
}

/** The act on one account after another, cut off one packet later each time, until it succeeds. */
async function cutEverywhere(name: keyof typeof acts, { proxy, inside }: Lane) {
  const { before, after, allowed } = await reference(name, inside);
  const outcomes = new Set<string>();
  for (let cuts = 0; ; cuts++) {
    const deed = await acts[name](inside);
    const first = await lookUp(deed.email);
    proxy.arm(cuts);
    const done = await deed.run().catch(() => null);
    if (!proxy.disarm()) {
      expect(done).toMatchObject({ ok: true });
      return { cuts, outcomes: [...outcomes].sort() };
    }
    await proxy.settled();
    const shape = await shapeOf(deed.email, first);
    expect(allowed, `cut after ${cuts} packets`).toContainEqual(shape);
    await checkWholeness(first.userId ?? (await lookUp(deed.email)).userId);
    const isDone = JSON.stringify(shape) !== JSON.stringify(before);
    outcomes.add(isDone ? 'done' : 'not done');
    const next = await (isDone ? deed.goOn() : deed.run());
    expect(next, `going on after ${cuts} packets`).toMatchObject({ ok: true });
    if (!isDone) expect(await shapeOf(deed.email, first)).toEqual(after);
  }
}

describe('cut off from the database after each packet', () => {
  const open: Lane[] = [];
  beforeAll(async () => {
    for (let lane = 0; lane < lanes; lane++) {
      const proxy = await openCuttingProxy(database.url);
      const inside = await openInside({
        url: proxy.urlOf(database.url),
        jobsUrl: database.url,
        secret,
        vaultKeys,
        passwords: quickPasswords,
      });
      open.push({ proxy, inside });
    }
  });
  afterAll(async () => {
    for (const { proxy, inside } of open) {
      await inside.close();
      await proxy.close();
    }
  });

  test.concurrent.each(names)(
    '%s is done wholly or not at all, and can be done again',
    async (name) => {
      const lane = open.shift()!;
      const found = await cutEverywhere(name, lane).finally(() => open.push(lane));
      expect(found.cuts).toBeGreaterThan(5);
      // Cut off between the commit and its answer, too.
      expect(found.outcomes).toEqual(['done', 'not done']);
    },
  );
});

describe('killed in the middle of six acts at once', () => {
  const chosen = [
    'signing up',
    'confirming the address',
    'resetting the password',
    'confirming an app',
    'changing the password',
    'deleting the account',
  ] as const;
  let folder: string;
  let proxy: CuttingProxy;
  let server: ServerProcess;
  let inside: Inside;
  const start = () =>
    launch(folder, {
      DATABASE_URL: proxy.urlOf(database.url),
      OFFING_SECRET: secret,
      OFFING_VAULT_KEYS: vaultKeys,
      OFFING_LIMITS: wideLimits,
    });
  beforeAll(async () => {
    folder = await temporaryFolder();
    proxy = await openCuttingProxy(database.url, () => server.child.kill('SIGKILL'));
    inside = await openInside({ url: database.url, secret, vaultKeys });
    server = start();
  });
  afterAll(async () => {
    await inside.close();
    await server.end();
    await proxy.close();
    await removeFolder(folder);
  });

  const ask = (address: string, { call }: Deed) => {
    const cookies = new Map(call.session === undefined ? [] : [['offing', call.session]]);
    return visitor(address, { cookies }).try('POST', call.path, call.input);
  };

  test.each([20, 90])('after %i packets, each was done or not, and goes on', async (packets) => {
    const address = await server.ready();
    const rounds = await Promise.all(
      chosen.map(async (name) => {
        const { before, allowed } = await reference(name, inside);
        const deed = await acts[name](inside);
        return { name, before, allowed, deed, first: await lookUp(deed.email) };
      }),
    );
    proxy.arm(packets);
    await Promise.all(rounds.map(({ deed }) => ask(address, deed).catch(() => null)));
    expect(proxy.disarm()).toBe(true);
    await server.exited;
    await proxy.settled();
    server = start();
    const again = await server.ready();
    for (const { name, before, allowed, deed, first } of rounds) {
      const shape = await shapeOf(deed.email, first);
      expect(allowed, name).toContainEqual(shape);
      await checkWholeness(first.userId ?? (await lookUp(deed.email)).userId);
      const isDone = JSON.stringify(shape) !== JSON.stringify(before);
      // A code of an app is too old by now: here the clock of then shows it.
      const isTimed = name === 'confirming an app';
      const goesOn = isDone || isTimed ? await (isDone ? deed.goOn() : deed.run()) : null;
      if (goesOn) expect(goesOn, name).toMatchObject({ ok: true });
      else expect(await ask(again, deed), name).toMatchObject({ failure: null });
    }
  });
});
