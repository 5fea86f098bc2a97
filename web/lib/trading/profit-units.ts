/** The profit of a position in money, pips, R or percent of the balance. */
import type { Position } from '#core/broker/book.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import { pipSize } from '#core/risk/grid.ts';
import { numberText, signedText } from '#lib/words/numbers.ts';
import { closingPrice, floatingProfit } from './floating.ts';

export const profitUnits = ['money', 'pips', 'r', 'percent'] as const;
export type ProfitUnit = (typeof profitUnits)[number];

export interface ProfitContext {
  readonly instrument: Instrument | undefined;
  readonly quote: Quote | undefined;
  readonly balance: number | null;
  /** The stop that it was opened with; null where none is known. */
  readonly firstStop: number | null;
}

/** Null where it cannot be told: no price, no first stop, no balance. */
export function profitIn(
  unit: ProfitUnit,
  position: Pick<Position, 'side' | 'openPrice' | 'volumeLots' | 'profit'>,
  { instrument, quote, balance, firstStop }: ProfitContext,
): number | null {
  const money = floatingProfit(position, instrument, quote);
  if (unit === 'money') return money;
  if (unit === 'percent') return balance ? (money / balance) * 100 : null;
  if (!instrument || !quote) return null;
  const direction = position.side === 'buy' ? 1 : -1;
  const way = (closingPrice(position.side, quote) - position.openPrice) * direction;
  if (unit === 'pips') return way / pipSize(instrument);
  const risked = firstStop === null ? 0 : (position.openPrice - firstStop) * direction;
  return risked > 0 ? way / risked : null;
}

const digits: Readonly<Record<ProfitUnit, number>> = { money: 2, pips: 1, r: 2, percent: 2 };

export function profitText(value: number | null, unit: ProfitUnit): string {
  if (value === null) return numberText(null);
  const least = 0.5 * 10 ** -digits[unit];
  return signedText(Math.abs(value) < least ? 0 : value, digits[unit]);
}
