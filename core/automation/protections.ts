/**
 * What keeps a bot from entering after things went badly: each is data, and each is judged of the
 * trips alone, so that nothing is forgotten where a server starts anew. What left in parts counts
 * as one trade, which is over once all of it left.
 */
import { cents, type BotTrip } from './bot-book.ts';

export type Protection =
  /** So many bars after each trade. */
  | { readonly t: 'cool-down'; readonly bars: number }
  /** So many trades that ended at their stop with a loss, within so many bars. */
  | {
      readonly t: 'stop-guard';
      readonly losses: number;
      readonly withinBars: number;
      readonly pauseBars: number;
    }
  /** The last so many trades together came to less than so much account money. */
  | {
      readonly t: 'low-profit';
      readonly trips: number;
      readonly leastMoney: number;
      readonly pauseBars: number;
    }
  /** The bot fell by such a part from the most that it ever had: it stops for good. */
  | { readonly t: 'drawdown'; readonly ratio: number };

export interface Judged {
  readonly by: Protection['t'];
  /** Bars until entries are allowed again, ≥ 1; null = never. */
  readonly leftBars: number | null;
}

export interface ProtectionFacts {
  readonly trips: readonly BotTrip[];
  /** Openings of the bars that have closed. */
  readonly timesMs: Float64Array;
  readonly capital: number;
  /** Account money that what is open stands at. */
  readonly floating: number;
}

/** What forbids entries on the bar after the last; the one that lasts longest. */
export function judge(protections: readonly Protection[], facts: ProtectionFacts): Judged | null {
  const trades = wholeTrades(facts.trips);
  const exits = trades.map(({ exitMs }) => barAt(facts.timesMs, exitMs));
  const next = facts.timesMs.length;
  let longest: Judged | null = null;
  for (const protection of protections) {
    if (protection.t === 'drawdown') {
      if (drawdownOf(facts) >= protection.ratio) return { by: 'drawdown', leftBars: null };
      continue;
    }
    const leftBars = untilBar(protection, trades, exits) - next + 1;
    if (leftBars > (longest?.leftBars ?? 0)) longest = { by: protection.t, leftBars };
  }
  return longest;
}

type Trade = Pick<BotTrip, 'exitMs' | 'profit' | 'reason'>;

/** In the order in which the last of each left; its profit is that of all its parts. */
function wholeTrades(trips: readonly BotTrip[]): readonly Trade[] {
  const earlier = new Map<string, number>();
  return trips.flatMap(({ position, exitMs, profit: part, reason, leavesRest }) => {
    const profit = cents((earlier.get(position) ?? 0) + part);
    if (leavesRest) {
      earlier.set(position, profit);
      return [];
    }
    earlier.delete(position);
    return [{ exitMs, profit, reason }];
  });
}

/** The last bar on which nothing may be entered; −1 = none. */
function untilBar(
  protection: Exclude<Protection, { readonly t: 'drawdown' }>,
  trades: readonly Trade[],
  exits: readonly number[],
): number {
  const last = exits.at(-1);
  if (last === undefined) return -1;
  switch (protection.t) {
    case 'cool-down':
      return last + protection.bars;
    case 'stop-guard': {
      const { losses, withinBars, pauseBars } = protection;
      const stops = exits.filter((_, k) => trades[k]!.reason === 'stop' && trades[k]!.profit < 0);
      // The latest group of stops that lies close enough together.
      for (let k = stops.length - 1; k >= losses - 1; k--) {
        if (stops[k]! - stops[k - losses + 1]! < withinBars) return stops[k]! + pauseBars;
      }
      return -1;
    }
    case 'low-profit': {
      if (trades.length < protection.trips) return -1;
      const sum = trades.slice(-protection.trips).reduce((all, { profit }) => all + profit, 0);
      return sum < protection.leastMoney ? last + protection.pauseBars : -1;
    }
  }
}

/** Fall from the most that capital and trips ever came to, as a part of that. */
export function drawdownOf({
  trips,
  capital,
  floating,
}: Pick<ProtectionFacts, 'trips' | 'capital' | 'floating'>): number {
  let money = capital;
  let peak = capital;
  for (const { profit } of trips) {
    money += profit;
    peak = Math.max(peak, money);
  }
  return peak > 0 ? Math.max(0, (peak - money - floating) / peak) : 1;
}

/** Index of the last bar that opened at or before the time; −1 = none did. */
export function barAt(timesMs: Float64Array, atMs: number): number {
  let low = 0;
  let high = timesMs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (timesMs[middle]! <= atMs) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
