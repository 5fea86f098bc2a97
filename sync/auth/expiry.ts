/** Takes away what has expired and nobody asked for again, of all accounts at once. */
import { lt } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { passkeyChallenges } from '../schema/second-factors.ts';
import { mailTokens, signInSteps } from '../schema/sessions.ts';
import { removeExpiredSessions } from './sessions.ts';

export async function removeExpired(queries: Queries, nowMs: number): Promise<void> {
  await removeExpiredSessions(queries);
  for (const table of [signInSteps, mailTokens, passkeyChallenges]) {
    await queries.delete(table).where(lt(table.expiresMs, nowMs));
  }
}
