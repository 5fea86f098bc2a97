/** Sums of decimals that leave nothing behind. */
import { copyOf, type JournalDeal } from './journal-deal.ts';

/** Lots as whole numbers, so that parts of a position add up to nothing left. */
export const unitsPerLot = 1e8;
export const units = (lots: number): number => Math.round(lots * unitsPerLot);

/** A sum of money without what the decimals left behind. */
export const tidy = (money: number): number => Math.round(money * 1e8) / 1e8;

/**
 * The part of a deal that opens anew: its share of the costs. Profit and swap are of what it closed.
 */
export function share(deal: JournalDeal, part: number, whole: number): JournalDeal {
  return {
    ...copyOf(deal),
    entry: 'in',
    volumeLots: part / unitsPerLot,
    commission: tidy((deal.commission * part) / whole),
    fee: tidy((deal.fee * part) / whole),
    profit: 0,
    swap: 0,
  };
}
