/** What the deals of a position add up to. */
import type { Deal } from '#core/broker/book.ts';
import { sumOfLots, wholeLots } from '#core/broker/lots.ts';
import type { HeldPosition } from './order-store.ts';

export const isTrade = ({ entry, kind }: Deal): boolean =>
  entry !== null && (kind === 'buy' || kind === 'sell');

/** What is left of a position as its deals tell, in lots, more than 0 for one to buy. */
export function leftOf(deals: readonly Deal[]): number {
  const left = deals
    .filter(isTrade)
    .reduce((sum, { kind, volumeLots }) => sum + (kind === 'buy' ? volumeLots : -volumeLots), 0);
  return wholeLots(left);
}

/** Whether its deals show that all of the position was closed. */
export function isClosedBy(deals: readonly Deal[], held: HeldPosition): boolean {
  const trades = deals.filter(isTrade);
  if (trades.some(({ entry }) => entry === 'in')) return leftOf(trades) === 0;
  // Its opening may be older than the history goes back.
  const away = trades.filter(({ kind }) => kind !== held.side);
  return away.length > 0 && sumOfLots(away) >= held.volumeLots;
}
