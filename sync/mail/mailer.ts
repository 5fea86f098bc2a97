/**
 * Takes mail in the transaction that causes it, so that neither is without the other.
 *
 * Recipient and data are sealed; the job that sends the mail holds ids alone.
 */
import { randomUUID } from 'node:crypto';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import type { Jobs } from '../jobs/jobs.ts';
import { mails } from '../schema/mails.ts';
import type { Vault } from '../vault/vault.ts';
import { sealContent } from './compose.ts';
import { mailQueue } from './mail-queues.ts';
import type { TemplateData, TemplateName } from './templates/registry.ts';

export interface QueuedMail<Name extends TemplateName> {
  /** Whose mail it is: it goes with the account, save for the last one about it. */
  readonly userId: string;
  readonly to: string;
  readonly template: Name;
  readonly data: TemplateData<Name>;
  readonly requestId: string;
  readonly nowMs: number;
}

export interface Mailer {
  /** The mail's id; it is sent soon after the transaction commits, and never when it does not. */
  queue<Name extends TemplateName>(transaction: Queries, mail: QueuedMail<Name>): Promise<string>;
}

export function createMailer(options: {
  readonly vault: Vault;
  readonly jobs: Pick<Jobs, 'enqueue'>;
}): Mailer {
  const { vault, jobs } = options;
  return {
    async queue(transaction, { userId, to, template, data, requestId, nowMs }) {
      const mailId = randomUUID();
      await ownRows(transaction, userId).add(mails, {
        mailId,
        template,
        sealedContent: sealContent(vault, { userId, mailId }, { to, data }),
        state: 'queued',
        createdMs: nowMs,
        requestId,
      });
      await jobs.enqueue(transaction, mailQueue, { userId, mailId }, { requestId });
      return mailId;
    },
  };
}
