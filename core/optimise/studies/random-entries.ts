/**
 * The same round trips entered at random: as many, as long, the same sides and commissions, placed
 * anywhere after the warm-up without overlapping. What the rule knows about when to enter is gone;
 * drift and time in the market stay.
 *
 * Stops and targets are not replayed: a round trip keeps how long it was held. Each counts by its
 * return on the price paid. Source: Aronson 2006, Evidence-Based Technical Analysis, the Monte
 * Carlo permutation of a rule's positions.
 */
import { prices } from '../../market/bars.ts';
import { tripReturns } from '../../statistics/returns.ts';
import { endOfFactors } from './path-end.ts';
import type { Study } from './study.ts';

export const randomEntries: Study = ({ bars, settings, signals, outcome }) => {
  const trips = outcome.roundTrips;
  const held = Array.from(
    { length: trips.count },
    (_, k) => trips.exitBar[k]! - trips.entryBar[k]!,
  );
  const first = signals.warmupBars + 1;
  const free = bars.length - first - held.reduce((sum, length) => sum + length + 1, 0);
  // Positions that overlap each other cannot be placed one after another.
  if (trips.count < 2 || free < 0) return null;
  const open = prices(bars.bid, 'open', bars.scale);
  const close = prices(bars.bid, 'close', bars.scale);
  const paid = settings.fill === 'close' ? close : open;
  const { rate } = settings.spread;
  const costs = held.map(
    (_, k) => trips.commission[k]! / (Math.abs(trips.units[k]!) * trips.entryPrice[k]!) + rate,
  );
  return {
    real: endOfFactors(Array.from(tripReturns(trips), (value) => 1 + value)),
    path(random) {
      const order = inAnyOrder(trips.count, random);
      const gaps = order.map(() => Math.floor(random() * (free + 1))).sort((a, b) => a - b);
      let used = first;
      return endOfFactors(
        order.map((k, place) => {
          const entry = used + gaps[place]!;
          const exit = entry + held[k]!;
          used += held[k]! + 1;
          const gained = (exit > entry ? paid[exit]! : close[entry]!) / paid[entry]! - 1;
          return 1 + (trips.units[k]! > 0 ? gained : -gained) - costs[k]!;
        }),
      );
    },
  };
};

function inAnyOrder(count: number, random: () => number): number[] {
  return Array.from({ length: count }, (_, index) => ({ index, key: random() }))
    .sort((a, b) => a.key - b.key || a.index - b.index)
    .map(({ index }) => index);
}
