/** Everything the server keeps of an account, as one document the trader can keep. */
import { asc } from 'drizzle-orm';
import type { Failure } from '#core/errors.ts';
import { ok, type Result } from '#core/result.ts';
import type { PersonContext } from '../call-context.ts';
import type { Queries } from '../database/queries.ts';
import { apiTokens } from '../schema/api-tokens.ts';
import { mails } from '../schema/mails.ts';
import { passkeys, recoveryCodes, totpFactors } from '../schema/second-factors.ts';
import { storedSecrets } from '../schema/secrets.ts';
import { sessions } from '../schema/sessions.ts';
import { userSettings } from '../schema/users.ts';
import { exportReplication } from '../replication/archive.ts';
import { exportTrading } from '../terminals/archive.ts';
import { record, withAccount } from './account-work.ts';

const auditPage = 1_000;

/** Secrets are named, never told: a file is easily left where others find it. */
export async function exportAccount(
  ctx: PersonContext,
): Promise<Result<Readonly<Record<string, unknown>>, Failure>> {
  const { userId } = ctx.signedIn.account;
  return withAccount(ctx, userId, async ({ queries, rows, user }) => {
    await record(ctx, queries, userId, 'account.exported');
    const factor = await rows.one(totpFactors);
    const codes = await rows.read(recoveryCodes);
    const keys = await rows.read(passkeys);
    const open = await rows.read(sessions, { orderBy: [asc(sessions.createdMs)] });
    const tokens = await rows.read(apiTokens);
    const secrets = await rows.read(storedSecrets);
    const settings = await rows.read(userSettings);
    const letters = await rows.read(mails, { orderBy: [asc(mails.createdMs)] });
    const { passwordHash, ...profile } = user;
    return ok({
      format: 'offing.account.v1',
      madeMs: ctx.nowMs,
      profile,
      settings: settings.map(({ key, value, changedMs }) => ({ key, value, changedMs })),
      totp: factor && { createdMs: factor.createdMs, confirmedMs: factor.confirmedMs },
      recoveryCodes: codes.map(({ createdMs, usedMs }) => ({ createdMs, usedMs })),
      passkeys: keys.map(({ userId, publicKey, ...key }) => key),
      sessions: open.map(({ userId, tokenHash, ...session }) => session),
      apiTokens: tokens.map(({ userId, tokenHash, ...token }) => token),
      storedSecrets: secrets.map(({ userId, sealedValue, ...secret }) => secret),
      mails: letters.map(({ template, state, createdMs, sentMs }) => {
        return { template, state, createdMs, sentMs };
      }),
      ...(await exportReplication(queries, userId)),
      trading: await exportTrading(queries, userId),
      audit: await wholeTrail(ctx, queries),
    });
  });
}

async function wholeTrail(ctx: PersonContext, queries: Queries) {
  const { audit } = ctx.services;
  const { userId } = ctx.signedIn.account;
  const all = [];
  for (let beforeSeq: number | undefined; ;) {
    const reading = { limit: auditPage, ...(beforeSeq === undefined ? {} : { beforeSeq }) };
    const page = await audit.list(queries, userId, reading);
    all.push(...page);
    if (page.length < auditPage) return all;
    beforeSeq = page.at(-1)!.seq;
  }
}
