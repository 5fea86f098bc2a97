/** How much mail strangers can have us send to one account: enough to get in, too little to bury it. */
import { and, eq, gt } from 'drizzle-orm';
import type { OwnRows } from '../database/own-rows.ts';
import type { TemplateName } from '../mail/templates/registry.ts';
import { mails } from '../schema/mails.ts';

const hourMs = 3_600_000;
const mostAnHour = 5;

/**
 * Whether one more mail of this kind may go to the account within the hour.
 *
 * Whoever asks is told the same either way, and the links of the mails before stay good: nobody
 * is kept out by another who asks too often.
 */
export async function mayMail(
  rows: OwnRows,
  template: TemplateName,
  nowMs: number,
  most = mostAnHour,
): Promise<boolean> {
  const where = and(eq(mails.template, template), gt(mails.createdMs, nowMs - hourMs));
  return (await rows.read(mails, { where, limit: most })).length < most;
}
