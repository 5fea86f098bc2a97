/** How far each round trip was under water and ahead at the worst and the best: MAE and MFE. */
import { exitReasonCode, type RoundTripColumns } from '../execution/outcome.ts';
import type { Bars, PriceColumn } from '../market/bars.ts';

export interface Excursions {
  /** Worst excursion of each round trip: money, ≥ 0, before commissions. */
  readonly mae: Float64Array;
  /** Best excursion of each round trip: money, ≥ 0, before commissions. */
  readonly mfe: Float64Array;
}

/** Exits at a level inside the bar. */
const inside: ReadonlySet<number> = new Set(
  (['stop', 'target', 'trail', 'breakEven', 'partial', 'stopOut'] as const).map(
    (reason) => exitReasonCode[reason],
  ),
);
const { ruin } = exitReasonCode;

/**
 * Excursions of all round trips, by the quote that would have closed each: the bid for a long,
 * the ask, where it is known, for a short.
 *
 * Counted are the exit price and every bar held in full. Of a bar left at its open nothing else
 * counts; of a bar left at a stop or target its open counts too, what came first in between
 * being unknown. With `fill: close` a position opens at the end of its entry bar; one entered
 * inside a bar is counted from that bar's open. `markets` are the bars of each market of the run,
 * on one timeline. Source: Sweeney 1996, Maximum Adverse Excursion.
 */
export function excursions(
  trips: RoundTripColumns,
  markets: readonly Bars[],
  fill: 'nextOpen' | 'close',
): Excursions {
  const mae = new Float64Array(trips.count);
  const mfe = new Float64Array(trips.count);
  for (let k = 0; k < trips.count; k++) {
    const bars = markets[trips.market?.[k] ?? 0]!;
    const { scale } = bars;
    const units = trips.units[k]!;
    const quotes = units > 0 ? bars.bid : (bars.ask ?? bars.bid);
    const exitPrice = trips.exitPrice[k]!;
    const exitBar = trips.exitBar[k]!;
    const reason = trips.exitReason[k]!;
    const isInside = inside.has(reason);
    const isAtClose = reason === ruin || (fill === 'close' && !isInside);
    const from = trips.entryBar[k]! + (fill === 'close' ? 1 : 0);
    const to = isAtClose ? exitBar : exitBar - 1;
    let lowest = exitPrice;
    let highest = exitPrice;
    if (from <= to) {
      lowest = Math.min(lowest, least(quotes.low, from, to) / scale);
      highest = Math.max(highest, most(quotes.high, from, to) / scale);
    }
    if (isInside && exitBar >= from) {
      const open = quotes.open[exitBar]! / scale;
      lowest = Math.min(lowest, open);
      highest = Math.max(highest, open);
    }
    const entry = trips.entryPrice[k]!;
    const [worst, best] = units > 0 ? [lowest, highest] : [highest, lowest];
    mae[k] = Math.max(0, units * (entry - worst));
    mfe[k] = Math.max(0, units * (best - entry));
  }
  return { mae, mfe };
}

/** Of bars `from` … `to`, both included; at least one. */
function least(column: PriceColumn, from: number, to: number): number {
  let value = column[from]!;
  for (let i = from + 1; i <= to; i++) if (column[i]! < value) value = column[i]!;
  return value;
}

function most(column: PriceColumn, from: number, to: number): number {
  let value = column[from]!;
  for (let i = from + 1; i <= to; i++) if (column[i]! > value) value = column[i]!;
  return value;
}
