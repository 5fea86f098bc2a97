/** Where the minutes of paper accounts lie: a row an hour and symbol, added to as they pass. */
import { and, desc, eq, lt, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Queries } from '../../database/queries.ts';
import { paperHours } from '../../schema/market.ts';
import type { HourOfMinutes, Minute } from './paper-minutes.ts';

export interface PaperName {
  readonly userId: string;
  readonly accountId: string;
}

export async function addMinutes(
  queries: Queries,
  { userId, accountId }: PaperName,
  hours: readonly HourOfMinutes[],
): Promise<void> {
  if (hours.length === 0) return;
  await queries
    .insert(paperHours)
    .values(hours.map((hour) => ({ userId, accountId, ...hour })))
    .onConflictDoUpdate({
      target: [paperHours.userId, paperHours.accountId, paperHours.symbol, paperHours.hourMs],
      set: { minutes: sql`${paperHours.minutes} || excluded.minutes` },
    });
}

const number = z.number();
const minutesShape: z.ZodType<readonly Minute[]> = z.array(
  z.tuple([number, number, number, number, number, number]),
);

/** Hours that began before, the newest first. */
export async function readHours(
  queries: Queries,
  { userId, accountId }: PaperName,
  before: { readonly symbol: string; readonly hourMs: number; readonly limit: number },
): Promise<readonly HourOfMinutes[]> {
  const { symbol, hourMs, limit } = before;
  const rows = await queries
    .select({ hourMs: paperHours.hourMs, minutes: paperHours.minutes })
    .from(paperHours)
    .where(
      and(
        eq(paperHours.userId, userId),
        eq(paperHours.accountId, accountId),
        eq(paperHours.symbol, symbol),
        lt(paperHours.hourMs, hourMs),
      ),
    )
    .orderBy(desc(paperHours.hourMs))
    .limit(limit);
  return rows.map((row) => ({
    symbol,
    hourMs: row.hourMs,
    minutes: minutesShape.safeParse(row.minutes).data ?? [],
  }));
}
