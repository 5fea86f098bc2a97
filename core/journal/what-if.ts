/**
 * What the same round trips would have brought with another stop or target, by how far they went.
 *
 * Only the time in which they were open is known: a stop or target that was not reached in it
 * changes nothing, so one that is further away than the real exit says little. Where both were
 * reached nobody knows which came first: `worse` takes the stop, `better` the target.
 */
import { assert } from '../assert.ts';
import { direction, type ClosedTrip, type Excursion } from './excursion.ts';
import { addTo, figuresOf, noSums, type GroupFigures } from './group-figures.ts';
import { moneyPerPrice, planOf, riskWay, rMultiple } from './trip-figures.ts';
import { pipSize, type ReportedTrip, type TripValue } from './trip-units.ts';

/** The newest; more would read years of minutes for one question. */
export const mostMeasured = 2_000;

/** From the entry; an R is the way to the stop that the round trip had. */
export interface Distance {
  readonly by: 'r' | 'pips';
  readonly count: number;
}

export interface WhatIfRule {
  readonly stop: Distance | null;
  readonly target: Distance | null;
}

export type MeasuredTrip = ReportedTrip &
  ClosedTrip & { readonly excursion: Pick<Excursion, 'mae' | 'mfe'> };

export interface WhatIf {
  /** As they really were, of those alone that can be told with the rule. */
  readonly real: GroupFigures;
  readonly worse: GroupFigures;
  readonly better: GroupFigures;
  /** Which only the stop, only the target, or both would have closed. */
  readonly stopped: number;
  readonly reached: number;
  readonly inDoubt: number;
  /** No stop to count R by, no pip, or the worth of a price is not known. */
  readonly untold: number;
  /** Open several times, as merged by hand: a stop or target has no single entry to count from. */
  readonly several: number;
}

export function whatIf(
  trips: readonly MeasuredTrip[],
  { stop, target }: WhatIfRule,
  valueOf: TripValue,
): WhatIf {
  assert(
    [stop, target].every((distance) => distance === null || distance.count > 0),
    'a stop and a target lie away from the entry',
  );
  const [real, worse, better] = [noSums(), noSums(), noSums()];
  let [stopped, reached, inDoubt, untold, several] = [0, 0, 0, 0, 0];
  for (const trip of trips) {
    if (trip.edited?.legs) {
      several++;
      continue;
    }
    const told = valueOf(trip);
    const worth = moneyPerPrice(trip);
    const [stopWay, targetWay] = [wayOf(trip, stop), wayOf(trip, target)];
    if (told === null || worth === null || stopWay === null || targetWay === null) {
      untold++;
      continue;
    }
    const isStopped = trip.excursion.mae >= stopWay;
    const isReached = trip.excursion.mfe >= targetWay;
    const atStop = isStopped ? exitedAt(trip, -stopWay, worth) : trip;
    const atTarget = isReached ? exitedAt(trip, targetWay, worth) : trip;
    if (isStopped && isReached) inDoubt++;
    else if (isStopped) stopped++;
    else if (isReached) reached++;
    addTo(real, told, trip.r);
    for (const [sums, exited] of [
      [worse, isStopped ? atStop : atTarget],
      [better, isReached ? atTarget : atStop],
    ] as const) {
      addTo(sums, valueOf(exited) ?? told, exited.r);
    }
  }
  return {
    ...{ real: figuresOf(real), worse: figuresOf(worse), better: figuresOf(better) },
    ...{ stopped, reached, inDoubt, untold, several },
  };
}

/** In price; infinite without a rule, null where it cannot be told. */
function wayOf(trip: MeasuredTrip, distance: Distance | null): number | null {
  if (distance === null) return Infinity;
  const unit = distance.by === 'r' ? riskWay(trip, planOf(trip)) : pipSize(trip.symbol);
  return unit === null ? null : distance.count * unit;
}

/** Filled at its very price, with the same costs. */
function exitedAt(trip: MeasuredTrip, way: number, worth: number): MeasuredTrip {
  const gross = way * worth;
  const net = gross + trip.commission + trip.fee + trip.swap;
  const exited = { ...trip, exitPrice: trip.entryPrice + way * direction(trip), gross, net };
  return { ...exited, r: rMultiple(exited, planOf(exited)) };
}
