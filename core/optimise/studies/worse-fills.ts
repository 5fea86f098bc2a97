/**
 * The same run with some entries missed and every fill a little worse: what a slow connection, a
 * thin book or a busy broker does. Each path trades again, as a missed entry leaves room for the
 * next; what the fills cost is taken from the round trips that come of it.
 */
import type { Signals } from '../../execution/signals.ts';
import { endOfFactors, tripFactors } from './path-end.ts';
import type { Study } from './study.ts';

export const worseFills: Study = ({ settings, options, signals, outcome, trade }) => {
  const { worseRate, skipShare } = options;
  if (outcome.roundTrips.count < 2) return null;
  return {
    real: endOfFactors(tripFactors(outcome.roundTrips, settings.cash)),
    path(random) {
      const { roundTrips: trips } = trade(withoutSome(signals, skipShare, random));
      const worse = (price: number) => price * worseRate * random();
      const loss = (trip: number) =>
        Math.abs(trips.units[trip]!) *
        (worse(trips.entryPrice[trip]!) + worse(trips.exitPrice[trip]!));
      return endOfFactors(tripFactors(trips, settings.cash, loss));
    },
  };
};

/** The same signals with a share of the entries gone, those of a plan too. */
function withoutSome(signals: Signals, share: number, random: () => number): Signals {
  const kept = (value: number) => (value !== 0 && random() < share ? 0 : value);
  const entry = signals.entry.map(kept);
  const { plan } = signals;
  if (!plan) return { ...signals, entry };
  return { ...signals, entry, plan: { ...plan, holds: plan.holds.map((held) => held.map(kept)) } };
}
