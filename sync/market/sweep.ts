/** Takes away what sources said and is old, of all accounts at once. */
import { lt } from 'drizzle-orm';
import type { Queries } from '../database/queries.ts';
import { accountBars, marketAnswers, marketBars, paperHours } from '../schema/market.ts';
import { paperHoursKeptMs } from '../terminals/paper/paper-minutes.ts';

export async function sweepMarket(queries: Queries, nowMs: number): Promise<void> {
  for (const table of [accountBars, marketBars, marketAnswers]) {
    await queries.delete(table).where(lt(table.expiresMs, nowMs));
  }
  await queries.delete(paperHours).where(lt(paperHours.hourMs, nowMs - paperHoursKeptMs));
}
