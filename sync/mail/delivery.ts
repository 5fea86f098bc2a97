/** Sends queued mail, one job each, and sweeps what is old. */
import { and, eq, lt, sql } from 'drizzle-orm';
import type { PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import { fail, ok, type Result } from '#core/result.ts';
import { ownRows } from '../database/own-rows.ts';
import type { JobContext, JobFailure, Jobs } from '../jobs/jobs.ts';
import { mails } from '../schema/mails.ts';
import type { Vault } from '../vault/vault.ts';
import { domainOf, type Sender } from './address.ts';
import { compose, sealNothing, type MailRow } from './compose.ts';
import type { MailFailure, MailSender } from './mail.ts';
import { mailQueue, mailSweepQueue } from './mail-queues.ts';

export interface DeliveryOptions {
  readonly jobs: Pick<Jobs, 'work' | 'schedule'>;
  readonly database: PostgresJsDatabase;
  readonly vault: Vault;
  readonly sender: MailSender;
  readonly from: Sender;
  /** Where people reach the pages, without a slash at the end. */
  readonly productUrl: string;
  readonly now: () => number;
  /** Told of each mail that left or was given up. */
  readonly onMail?: (template: string, outcome: 'sent' | 'failed') => void;
}

const dayMs = 86_400_000;
const keptDays = 30;
/** Longer than a mail is tried for: what is still queued then has lost its job. */
const lostDays = 2;

/** Begins to send, and sees to it that old mail is swept every night. */
export async function startDelivery(options: DeliveryOptions): Promise<void> {
  const { jobs, database, now } = options;
  await jobs.work(mailQueue, ({ userId, mailId }, context) =>
    deliver(options, userId, mailId, context),
  );
  await jobs.work(mailSweepQueue, async (_, { log }) => {
    log.info({ removed: await sweepMails(database, now()) }, 'old mail swept');
    return ok(undefined);
  });
  await jobs.schedule(mailSweepQueue, '17 3 * * *', {});
}

/**
 * Mail that is gone went with its account, and mail that was sent had its job done twice: both
 * are no failure. A server that dies after the mail left and before that is noted sends it again
 * under the same Message-ID.
 */
async function deliver(
  options: DeliveryOptions,
  userId: string,
  mailId: string,
  context: JobContext,
): Promise<Result<void, JobFailure>> {
  const { database, vault, sender } = options;
  const rows = ownRows(database, userId);
  const isThis = eq(mails.mailId, mailId);
  const row = await rows.one(mails, { where: isThis });
  if (!row || row.state === 'sent') return ok(undefined);

  const sent = await send(options, row);
  const attempts = sql`${mails.attempts} + 1`;
  if (sent.ok) {
    const kept = sender.keepsMail ? {} : { sealedContent: sealNothing(vault, row) };
    const outcome = { state: 'sent' as const, sentMs: options.now(), lastError: null };
    await rows.change(mails, { ...outcome, ...kept, attempts }, isThis);
    options.onMail?.(row.template, 'sent');
    return ok(undefined);
  }
  const { code, reply, isFinal } = sent.error;
  context.log.warn({ mailId, template: row.template, code, reply }, 'a mail was not taken');
  const isOver = isFinal || context.isLast;
  const state = isOver ? ('failed' as const) : ('queued' as const);
  await rows.change(mails, { state, lastError: code, attempts }, isThis);
  if (isOver) options.onMail?.(row.template, 'failed');
  return fail({ code, isFinal });
}

async function send(options: DeliveryOptions, row: MailRow): Promise<Result<void, MailFailure>> {
  const { vault, sender, from, productUrl } = options;
  const mail = compose(vault, row, productUrl);
  if (!mail) return fail({ code: 'mail.unreadable', reply: 0, isFinal: true });
  const messageId = `<${row.mailId}@${domainOf(from.address)}>`;
  return sender.send({ ...mail, from, messageId, writtenMs: row.createdMs });
}

/** How many mails were removed for their age; those of all accounts, so no account is named. */
export async function sweepMails(database: PostgresJsDatabase, nowMs: number): Promise<number> {
  const lost = and(eq(mails.state, 'queued'), lt(mails.createdMs, nowMs - lostDays * dayMs));
  await database.update(mails).set({ state: 'failed', lastError: 'mail.given-up' }).where(lost);
  const removed = await database
    .delete(mails)
    .where(lt(mails.createdMs, nowMs - keptDays * dayMs))
    .returning({ mailId: mails.mailId });
  return removed.length;
}
