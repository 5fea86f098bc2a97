/** Parts of the answers of several sources: numbers that may be texts, times, and bars out of them. */
import { z } from 'zod';
import type { MarketTrouble } from '#core/market/market-views.ts';
import { fail, ok, type Result } from '#core/result.ts';
import { areTrue, digitsIn } from '../bar-rows.ts';
import type { BarRow, FetchedBars } from '../provider.ts';

/** A finite number, written as one or as a text of one. */
export const figure = z.union([
  z.number(),
  z
    .string()
    .regex(/^-?\d{1,30}(\.\d{1,30})?$/)
    .transform(Number),
]);
export const amount = figure.refine((value) => value >= 0);
export const price = figure.refine((value) => value > 0);
/** Of a name that is shown; whatever else comes with it is cut off. */
export const shownText = z.string().transform((text) => text.replace(/\p{Cc}/gu, ' ').slice(0, 80));
export const symbolName = z.string().min(1).max(40);

/** What the shape makes of it; what does not fit it cannot be believed. */
export function shaped<T>(shape: z.ZodType<T>, value: unknown): Result<T, MarketTrouble> {
  const read = shape.safeParse(value);
  return read.success ? ok(read.data) : fail('nonsense');
}

/** Those that were asked for, or nothing where they cannot be true. */
export function barsOf(
  rows: readonly BarRow[],
  ask: { readonly beforeMs: number | null; readonly limit: number },
): Result<FetchedBars, MarketTrouble> {
  if (!areTrue(rows)) return fail('nonsense');
  const { beforeMs, limit } = ask;
  const wished = rows.filter(({ openMs }) => beforeMs === null || openMs < beforeMs).slice(-limit);
  return ok({ rows: wished, hasMore: rows.length >= limit, digits: digitsIn(wished) });
}
