import { createSecretKey, randomBytes, randomUUID } from 'node:crypto';
import { eq, sql } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { mailLogin, mailServer, type MailServer } from '../../tests/mail-server.ts';
import { failedJobs } from '../../tests/failed-jobs.ts';
import { testDatabase, type TestDatabase } from '../../tests/postgres.ts';
import { openJobs, type Jobs } from '../jobs/jobs.ts';
import { mails } from '../schema/mails.ts';
import { placeOf } from '../vault/sealed-columns.ts';
import { createVault } from '../vault/vault.ts';
import { startDelivery, sweepMails } from './delivery.ts';
import { mailQueue, mailSweepQueue } from './mail-queues.ts';
import { createMailer, type Mailer } from './mailer.ts';
import { listOutbox, readMail } from './outbox.ts';
import type { TemplateName } from './templates/registry.ts';
import { readMailSettings } from './settings.ts';

const productUrl = 'https://offing.example';
const master = { id: 'test', key: createSecretKey(randomBytes(32)) };
const vault = createVault({ current: () => master, find: () => master, ids: () => [master.id] });

/** The queues of the product, but impatient. */
const quick = [mailQueue, mailSweepQueue].map((queue) => ({
  ...queue,
  tries: 4,
  firstPauseSeconds: 0,
  longestPauseSeconds: 1,
  lookEverySeconds: 0.5,
}));

let postgres: TestDatabase;
let server: MailServer;
let jobs: Jobs;
let mailer: Mailer;
let lines: string[];
let printed: string[];

beforeAll(async () => {
  postgres = await testDatabase();
});
beforeEach(async () => {
  server = await mailServer();
  lines = [];
  printed = [];
  const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) });
  const opened = await openJobs({ url: postgres.url, queues: quick, log });
  if (!opened.ok) throw new Error(opened.error.sentence);
  jobs = opened.value;
  mailer = createMailer({ vault, jobs });
});
afterEach(async () => {
  await jobs.close();
  await server.kill().catch(() => undefined);
  await postgres.owner.execute(sql`truncate mails, pgboss.job`);
});
afterAll(() => postgres.close());

async function deliver(provider: 'smtp' | 'console' = 'smtp', outcomes: string[] = []) {
  const password = encodeURIComponent(mailLogin.password);
  const settings = readMailSettings({
    OFFING_MAIL: provider,
    OFFING_MAIL_FROM: 'Offing <offing@offing.example>',
    OFFING_SMTP_URL: `smtps://${mailLogin.user}:${password}@127.0.0.1:${server.port}`,
  });
  if (!settings.ok) throw new Error(settings.error.sentence);
  const sender = settings.value.openSender({
    say: (line) => printed.push(line),
    isTerminal: false,
    outboxUrl: `${productUrl}/admin/`,
    adjust: (options) => ({ ...options, tls: { ...options.tls, ca: server.certificate } }),
  });
  await startDelivery({
    ...{ jobs, database: postgres.app, vault, sender, from: settings.value.from, productUrl },
    now: () => 2_000,
    onMail: (template, outcome) => void outcomes.push(`${template} ${outcome}`),
  });
}

const token = 'canary-token-4711';

async function write(
  userId = randomUUID(),
  settings: { readonly to?: string; readonly createdMs?: number } = {},
) {
  const { to = 'trader@example.com', createdMs: nowMs = 1_000 } = settings;
  const data = { token, lifeHours: 48 };
  const requestId = `request-${userId}`;
  const mailId = await postgres.app.transaction((transaction) =>
    mailer.queue(transaction, { userId, to, template: 'verify-email', data, requestId, nowMs }),
  );
  return { userId, mailId };
}

async function rowOf(mailId: string) {
  const [row] = await postgres.app.select().from(mails).where(eq(mails.mailId, mailId));
  return row ?? null;
}

const soon = { timeout: 30_000, interval: 100 };
const stateOf = (mailId: string) => async () => (await rowOf(mailId))?.state;

describe('a mail', () => {
  test('is sent after the transaction that wrote it, and its content forgotten', async () => {
    const outcomes: string[] = [];
    await deliver('smtp', outcomes);
    const { userId, mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    expect(server.received).toMatchObject([{ to: ['trader@example.com'], encrypted: true }]);
    const [{ source } = { source: '' }] = server.received;
    expect(source).toContain(`Message-ID: <${mailId}@offing.example>`);
    expect(source.replace(/=\r\n/g, '')).toContain(`/account/verify/#${token}`);
    const row = await rowOf(mailId);
    expect(row).toMatchObject({ attempts: 1, sentMs: 2_000, lastError: null });
    expect(
      vault.open(row?.sealedContent ?? '', placeOf('mailContent', { userId, row: mailId })),
    ).toBe('');
    expect(outcomes).toEqual(['verify-email sent']);
  });

  test('of a transaction that was rolled back is never sent', async () => {
    await deliver();
    await postgres.app
      .transaction(async (transaction) => {
        await mailer.queue(transaction, {
          ...{ userId: randomUUID(), to: 'nobody@example.com', template: 'welcome' as const },
          ...{ data: {}, requestId: 'request-0', nowMs: 1_000 },
        });
        throw new Error('changed my mind');
      })
      .catch(() => undefined);
    const { mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    expect(server.received.map(({ to }) => to)).toEqual([['trader@example.com']]);
    expect(await postgres.app.$count(mails)).toBe(1);
    const queued = await postgres.owner.execute(sql`select id from pgboss.job`);
    expect(queued).toHaveLength(1);
  });

  test('waits out a server that puts it off', async () => {
    server.refuse(451, 421);
    await deliver();
    const { mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    expect(await rowOf(mailId)).toMatchObject({ attempts: 3, lastError: null });
    expect(server.received).toHaveLength(1);
  });

  test('that is refused for good is not tried again', async () => {
    server.refuse(550);
    const outcomes: string[] = [];
    await deliver('smtp', outcomes);
    const { mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('failed');
    expect(await rowOf(mailId)).toMatchObject({ attempts: 1, lastError: 'mail.refused' });
    await expect
      .poll(() => failedJobs(postgres.owner, 'mail'), soon)
      .toMatchObject([{ code: 'mail.refused' }]);
    expect(server.attempts).toBe(1);
    expect(outcomes).toEqual(['verify-email failed']);
  });

  test('is given up after the last try', async () => {
    server.refuse(451, 451, 451, 451, 451);
    await deliver();
    const { mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('failed');
    expect(await rowOf(mailId)).toMatchObject({ attempts: 4, lastError: 'mail.put-off' });
    expect(server.attempts).toBe(4);
  });

  test('arrives once the server is back that died in the middle of taking it', async () => {
    server.hang();
    await deliver();
    const { mailId } = await write();
    await expect.poll(() => server.attempts, soon).toBe(1);
    await server.kill();
    await expect.poll(async () => (await rowOf(mailId))?.lastError, soon).toBe('mail.unreachable');
    expect(await rowOf(mailId)).toMatchObject({ state: 'queued' });
    await server.revive();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    expect(server.received).toHaveLength(1);
  });

  test('whose sending was not noted goes out again under the same Message-ID', async () => {
    await deliver('smtp');
    const { userId, mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    const { sealedContent } = await sealedAgain(userId, mailId);
    await postgres.app.update(mails).set({ state: 'queued', sealedContent });
    await again(userId, mailId);
    await expect.poll(() => server.received.length, soon).toBe(2);
    const ids = server.received.map(({ source }) => /^Message-ID: (.*)$/m.exec(source)?.[1]);
    expect(new Set(ids).size).toBe(1);
  });

  test('that was sent is not sent twice when its job is', async () => {
    await deliver();
    const { userId, mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    await again(userId, mailId);
    const last = await write();
    await expect.poll(stateOf(last.mailId), soon).toBe('sent');
    expect(server.received).toHaveLength(2);
  });

  test('of an account that is gone is dropped, and the last one about it still sent', async () => {
    const { userId } = await write();
    const template: TemplateName = 'account-deleted';
    await postgres.app.transaction(async (transaction) => {
      await transaction.delete(mails).where(eq(mails.userId, userId));
      await mailer.queue(transaction, {
        ...{ userId, to: 'gone@example.com', template, data: { atMs: 0 } },
        ...{ requestId: 'request-9', nowMs: 1_000 },
      });
    });
    await deliver();
    await expect.poll(() => server.received.length, soon).toBe(1);
    const second = await write();
    await expect.poll(stateOf(second.mailId), soon).toBe('sent');
    expect(server.received.map(({ to }) => to[0])).toEqual([
      'gone@example.com',
      'trader@example.com',
    ]);
    expect(await failedJobs(postgres.owner, 'mail')).toEqual([]);
  });

  test('that this version cannot read fails and says so', async () => {
    await deliver();
    const { mailId } = await write(undefined, { to: 'a@b.example\r\nBcc: c@d.example' });
    await expect.poll(stateOf(mailId), soon).toBe('failed');
    expect(await rowOf(mailId)).toMatchObject({ lastError: 'mail.unreadable' });
    expect(server.attempts).toBe(0);
  });

  test('cannot be opened in the row of another', async () => {
    const mine = await write();
    const other = await write();
    const row = await rowOf(other.mailId);
    await postgres.app
      .update(mails)
      .set({ sealedContent: row?.sealedContent ?? '' })
      .where(eq(mails.mailId, mine.mailId));
    const at = { ...mine, productUrl };
    await expect(readMail(postgres.app, vault, at)).rejects.toThrow(/whole/);
  });
});

/** A job for a mail that has had one. */
async function again(userId: string, mailId: string): Promise<void> {
  await postgres.app.transaction((transaction) =>
    jobs.enqueue(transaction, mailQueue, { userId, mailId }, { requestId: 'request-again' }),
  );
}

async function sealedAgain(userId: string, mailId: string) {
  const place = placeOf('mailContent', { userId, row: mailId });
  const content = { to: 'trader@example.com', data: { token, lifeHours: 48 } };
  return { sealedContent: vault.seal(JSON.stringify(content), place) };
}

test('the token of a link stands in no log line, no job and no column', async () => {
  server.refuse(451);
  await deliver();
  const sent = await write();
  await expect.poll(stateOf(sent.mailId), soon).toBe('sent');
  server.refuse(550);
  const refused = await write();
  await expect.poll(stateOf(refused.mailId), soon).toBe('failed');
  await expect
    .poll(() => failedJobs(postgres.owner, 'mail').then((found) => found.length), soon)
    .toBe(1);

  const written = JSON.stringify([
    await postgres.owner.execute(sql`select * from pgboss.job`),
    await postgres.owner.execute(sql`select * from mails`),
  ]);
  const logged = lines.join('\n');
  expect(logged).toContain(`request-${sent.userId}`);
  expect(written).toContain(`request-${sent.userId}`);
  for (const secret of [token, 'trader@example.com', 'canary-reply', mailLogin.password]) {
    expect(written + logged).not.toContain(secret);
  }
});

describe('the outbox', () => {
  test('keeps what the console was given, for an admin to read', async () => {
    await deliver('console');
    const { userId, mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    const found = await readMail(postgres.app, vault, { userId, mailId, productUrl });
    expect(found).toMatchObject({
      to: 'trader@example.com',
      subject: 'Confirm your e-mail address',
      state: 'sent',
      attempts: 1,
    });
    expect(found?.text).toContain(`${productUrl}/account/verify/#${token}`);
    expect(found?.html).toContain(token);
    expect(printed.join('\n')).toContain('example.com');
    expect(printed.join('\n')).not.toContain(token);
    expect(await readMail(postgres.app, vault, { userId: randomUUID(), mailId, productUrl })).toBe(
      null,
    );
  });

  test('is paged from the newest to the oldest without gap or repetition', async () => {
    const ids: string[] = [];
    for (const createdMs of [5, 5, 5, 7, 9])
      ids.push((await write(undefined, { createdMs })).mailId);
    const seen: string[] = [];
    let before: { createdMs: number; mailId: string } | undefined;
    do {
      const page = await listOutbox(postgres.app, vault, { before, limit: 2, productUrl });
      seen.push(...page.mails.map(({ mailId }) => mailId));
      before = page.next ?? undefined;
    } while (before);
    expect(seen.slice(0, 2)).toEqual([ids[4], ids[3]]);
    expect([...seen].sort()).toEqual([...ids].sort());
  });

  test('tells no content of mail that left', async () => {
    await deliver();
    const { userId, mailId } = await write();
    await expect.poll(stateOf(mailId), soon).toBe('sent');
    const found = await readMail(postgres.app, vault, { userId, mailId, productUrl });
    expect(found).toMatchObject({ to: null, subject: null, text: null, html: null });
  });
});

test('old mail is swept and mail that lost its job is called failed', async () => {
  const dayMs = 86_400_000;
  const nowMs = 100 * dayMs;
  const old = await write(undefined, { createdMs: nowMs - 30 * dayMs - 1 });
  const lost = await write(undefined, { createdMs: nowMs - 3 * dayMs });
  const fresh = await write(undefined, { createdMs: nowMs - dayMs });
  expect(await sweepMails(postgres.app, nowMs)).toBe(1);
  expect(await rowOf(old.mailId)).toBeNull();
  expect(await rowOf(lost.mailId)).toMatchObject({ state: 'failed', lastError: 'mail.given-up' });
  expect(await rowOf(fresh.mailId)).toMatchObject({ state: 'queued' });
});

test('the sweep is due every night', async () => {
  await deliver();
  const rows = await postgres.owner.execute(sql`select name, cron from pgboss.schedule`);
  expect([...rows]).toEqual([{ name: 'mail-sweep', cron: '17 3 * * *' }]);
});
