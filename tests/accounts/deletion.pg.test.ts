/** What is kept of an account: handed over whole, taken away whole, and the choices between. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyChain } from '../../sync/audit/chain-verification.ts';
import { removeUnconfirmed } from '../../sync/auth/remove-account.ts';
import { freshEmail, password, signedUp, withTotp } from './installation.ts';
import { tablesHolding } from './holdings.ts';
import { openScene, type Scene } from './scene.ts';
import { rowsOf, tenantTables } from './snapshot.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await openScene();
});
afterAll(() => scene.close());

/** Somebody with a row in every table, who is signed in. */
async function settled() {
  const person = await scene.people.person();
  await person.everywhere();
  return { ...person, who: await person.signedIn() };
}

describe('an address that nobody confirms', () => {
  test('loses its account after a month, unless somebody is signed in, and nobody else does', async () => {
    const { sql } = scene.at;
    const stale = await signedUp(scene.at);
    const inUse = await signedUp(scene.at);
    await inUse.who.post('auth.signIn', { email: inUse.email, password });
    const confirmed = await scene.people.person();
    const monthMs = 30 * 86_400_000;
    await sql`update users set created_ms = created_ms - ${monthMs + 1_000}`;
    const young = await signedUp(scene.at);

    const inside = await scene.inside();
    const { authDatabase, audit } = inside.services;
    const idOf = async (email: string) =>
      (await sql`select user_id from email_directory where email = ${email}`)[0]?.['user_id'];
    const staleId = String(await idOf(stale.email));
    await removeUnconfirmed(authDatabase, audit, Date.now());
    expect(await idOf(stale.email)).toBeUndefined();
    for (const { email } of [inUse, confirmed, young]) expect(await idOf(email)).toBeDefined();
    expect(await tablesHolding(sql, [stale.email])).toEqual([]);
    expect((await verifyChain(authDatabase, staleId)).brokenAtSeq).toBeNull();
    const [last] = await audit.list(authDatabase, staleId, { limit: 1 });
    expect(last).toMatchObject({ action: 'account.deleted', actor: 'server', detail: null });
    await inside.close();
  });
});

describe('deleting an account', () => {
  test('leaves of it a trail nobody can read and the mail that says so, and others untouched', async () => {
    const { sql } = scene.at;
    const [gone, other] = [await settled(), await settled()];
    for (const table of await tenantTables(sql)) {
      const rows = await sql`select 1 from ${sql(table)} where user_id = ${gone.userId}`;
      expect(rows.length, table).toBeGreaterThan(0);
    }
    const before = await rowsOf(sql, other.userId);
    await gone.who.post('account.remove', { email: ` ${gone.email.toUpperCase()} ` });

    expect(await rowsOf(sql, other.userId)).toEqual(before);
    expect(await tablesHolding(sql, [gone.email])).toEqual([]);
    // The queue knows mails by account and number alone.
    expect(await tablesHolding(sql, [gone.userId])).toEqual([
      'pgboss.job_common',
      'public.audit_entries',
      'public.audit_heads',
      'public.mails',
    ]);
    expect(await scene.letters.templates(gone.userId)).toEqual(['account-deleted']);
    expect((await scene.letters.of(gone.userId))[0]!.to).toBe(gone.email);

    const inside = await scene.inside();
    const { authDatabase, audit } = inside.services;
    expect((await verifyChain(authDatabase, gone.userId)).brokenAtSeq).toBeNull();
    const entries = await audit.list(authDatabase, gone.userId, { limit: 10 });
    expect(entries[0]).toMatchObject({ action: 'account.deleted' });
    expect(new Set(entries.map(({ detail }) => detail))).toEqual(new Set([null]));
    await inside.close();
  });

  test('frees the address for somebody else, who inherits nothing', async () => {
    const { who, email, userId } = await settled();
    await who.post('account.remove', { email });
    expect(await who.get('auth.me')).toEqual({ account: null });
    const refused = await scene.at.visitor().try('POST', 'auth.signIn', { email, password });
    expect(refused.failure).toBe('auth.credentials-wrong');
    const next = scene.at.visitor();
    await next.post('auth.signUp', { email, password });
    await next.post('auth.signIn', { email, password });
    const me = await next.get<{ account: { userId: string } }>('auth.me');
    expect(me.account.userId).not.toBe(userId);
    expect(await next.get('account.settings')).toEqual({ settings: null });
  });

  test('wants its address typed, and is done once when asked twice at once', async () => {
    const { who, email, userId, signedIn } = await settled();
    const wrong = await who.try('POST', 'account.remove', { email: freshEmail() });
    expect(wrong.failure).toBe('account.not-found');
    const answers = await Promise.all(
      [who, await signedIn()].map((each) => each.try('POST', 'account.remove', { email })),
    );
    const failures = answers.map(({ failure }) => failure);
    expect(failures.filter((failure) => failure === null)).toHaveLength(1);
    // The other comes while the account goes, or once its session is gone with it.
    const other = failures.find((failure) => failure !== null);
    expect(['account.not-found', 'auth.sign-in-needed']).toContain(other);
    expect(await scene.letters.templates(userId)).toEqual(['account-deleted']);
  });

  test.each([
    ['choices put', 'account.putSettings', { value: { theme: 'dark' }, changedMs: 1 }],
    ['a sign-up', 'auth.signUp', null],
    ['a reset asked for', 'auth.requestReset', null],
  ])('leaves nothing of %s at the same moment', async (_, path, input) => {
    const { sql } = scene.at;
    const { who, email, userId } = await settled();
    const wish = path === 'auth.signUp' ? { email, password } : { email };
    const late = await sql.begin(async (held) => {
      await held`select 1 from users where user_id = ${userId} for update`;
      const answer = who.copy().try('POST', path, input ?? wish);
      const isWaiting = () => sql`select 1 from pg_stat_activity where wait_event_type = 'Lock'`;
      while ((await isWaiting()).length === 0) await new Promise((done) => setTimeout(done, 10));
      for (const table of await tenantTables(sql)) {
        if (table.startsWith('audit')) continue;
        await held`delete from ${held(table)} where user_id = ${userId}`;
      }
      return { answer };
    });
    expect((await late.answer).failure).not.toBe('server.failed');
    const kept = (await tablesHolding(sql, [userId])).filter((name) => name.startsWith('public'));
    expect(kept).toEqual(['public.audit_entries', 'public.audit_heads']);
  });
});

/** Where the archive says what a table holds; null for what is no knowledge about a person. */
const placesInArchive: Readonly<Record<string, string | null>> = {
  account_bars: null,
  alert_events: 'trading',
  alerts: 'trading',
  api_tokens: 'apiTokens',
  audit_entries: 'audit',
  audit_heads: null,
  bot_bars: 'trading',
  bot_events: 'trading',
  bot_orders: 'trading',
  bots: 'trading',
  broker_items: 'trading',
  chunks: 'chunks',
  deals: 'trading',
  email_directory: 'profile',
  encryption_keys: 'encryption',
  equity_snapshots: 'trading',
  fragments: 'rows',
  intent_events: 'trading',
  mail_tokens: null,
  mails: 'mails',
  order_intents: 'trading',
  paper_books: 'trading',
  paper_hours: null,
  passkey_challenges: null,
  passkeys: 'passkeys',
  push_keys: null,
  push_subscriptions: 'trading',
  recovery_codes: 'recoveryCodes',
  replica_heads: 'storage',
  replica_tokens: null,
  replicas: 'devices',
  sessions: 'sessions',
  sign_in_steps: null,
  stored_secrets: 'storedSecrets',
  terminal_log: 'trading',
  totp_factors: 'totp',
  trade_requests: 'trading',
  trading_accounts: 'trading',
  user_keys: null,
  user_settings: 'settings',
  users: 'profile',
};

describe('the archive of an account', () => {
  test('has a place for every table, and holds what is there', async () => {
    expect(await tenantTables(scene.at.sql)).toEqual(Object.keys(placesInArchive));
    const { who, email, userId } = await settled();
    const { archive } = await who.post<{ archive: Record<string, unknown> }>('account.export');
    for (const place of Object.values(placesInArchive)) {
      if (place !== null) expect(archive[place], place).toBeTruthy();
    }
    expect(archive).toMatchObject({
      profile: { email, userId },
      settings: [{ value: { theme: userId } }],
    });
    const trading = archive['trading'] as Record<string, unknown[]>;
    const kinds = Object.values(placesInArchive).filter((place) => place === 'trading');
    expect(Object.keys(trading)).toHaveLength(kinds.length);
    for (const [kind, rows] of Object.entries(trading))
      expect(rows.length, kind).toBeGreaterThan(0);
    const trail = archive['audit'] as { action: string }[];
    expect(trail[0]!.action).toBe('account.exported');
    expect(trail.at(-1)!.action).toBe('account.created');
  });

  test('holds no secret, hash or sealed value', async () => {
    const { signedIn, email, userId } = await settled();
    const who = await signedIn();
    await scene.at.sql`delete from totp_factors where user_id = ${userId}`;
    const { secret, recoveryCodes } = await withTotp(who);
    const value = 'the-value-of-a-stored-secret';
    await who.post('security.putSecret', { kind: 'broker', name: 'kept', value });
    await scene.at.visitor().post('auth.requestReset', { email });
    const text = JSON.stringify(await who.post('account.export'));
    const { sql } = scene.at;
    const hidden = await sql<{ text: string }[]>`
      select token_hash as text from sessions where user_id = ${userId}
      union all select token_hash from api_tokens where user_id = ${userId}
      union all select token_hash from mail_tokens where user_id = ${userId}
      union all select code_hash from recovery_codes where user_id = ${userId}
      union all select password_hash from users where user_id = ${userId}
      union all select sealed_secret from totp_factors where user_id = ${userId}
      union all select sealed_subscription from push_subscriptions where user_id = ${userId}
      union all select sealed_key from push_keys where user_id = ${userId}
      union all select sealed_value from stored_secrets where user_id = ${userId}
      union all select sealed_token from trading_accounts where user_id = ${userId}
      union all select sealed_key from user_keys where user_id = ${userId}
      union all select sealed_detail from audit_entries where user_id = ${userId}
      union all select sealed_content from mails where user_id = ${userId}`;
    const secrets = [secret, value, ...recoveryCodes, ...hidden.map((row) => row.text)];
    for (const one of secrets) expect(text.includes(one), one).toBe(false);
  });
});

describe.concurrent('choices that follow the account', () => {
  interface Kept {
    readonly settings: { readonly value: object; readonly changedMs: number };
  }
  async function choices() {
    const who = await (await scene.people.person()).signedIn();
    return (value: object, changedMs: number) =>
      who.post<Kept>('account.putSettings', { value, changedMs });
  }

  test('are those that were changed later, in whatever order they come', async () => {
    const put = await choices();
    await put({ theme: 'later' }, 2_000);
    expect(await put({ theme: 'earlier' }, 1_000)).toEqual({
      settings: { value: { theme: 'later' }, changedMs: 2_000 },
    });
    expect((await put({ theme: 'latest' }, 3_000)).settings.value).toEqual({ theme: 'latest' });
  });

  test('of a device whose clock is ahead count as made now', async () => {
    const put = await choices();
    const beforeMs = Date.now();
    const { settings } = await put({ theme: 'ahead' }, beforeMs + 86_400_000);
    expect(settings.changedMs).toBeGreaterThanOrEqual(beforeMs);
    expect(settings.changedMs).toBeLessThanOrEqual(Date.now());
    const later = await put({ theme: 'now' }, Date.now() + 1);
    expect(later.settings.value).toEqual({ theme: 'now' });
  });

  test.each<[string, object]>([
    ['too long', { text: 'x'.repeat(32_768) }],
    ['too long in letters of three bytes', { text: '帆'.repeat(12_000) }],
    ['numbers that are long when written out', { list: Array(5_000).fill(1e300) }],
    ['a NUL', { text: 'a\0b' }],
    ['half a character', { '\ud800': 1 }],
  ])('are refused, and nothing worse, where they are %s', async (_, value) => {
    const who = await (await scene.people.person()).signedIn();
    const answer = await who.try('POST', 'account.putSettings', { value, changedMs: 1 });
    expect(answer.failure).toBe('server.request-invalid');
  });

  test('come back as they went, at their longest', async () => {
    const put = await choices();
    const value = { list: Array(8_000).fill(10), text: '\\u0000 and 帆' };
    expect((await put(value, 1)).settings.value).toEqual(value);
  });
});
