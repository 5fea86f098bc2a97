/** How far many round trips went against and for the trader before their exits, in the unit of a report. */
import { quantile } from '../statistics/quantiles.ts';
import { direction } from './excursion.ts';
import { excursionFigures, type ExcursionFigures } from './excursion-figures.ts';
import { efficiency, planOf, riskWay } from './trip-figures.ts';
import type { PriceWorth, TripValue } from './trip-units.ts';
import type { MeasuredTrip } from './what-if.ts';

export interface OpenFigures extends ExcursionFigures {
  readonly trips: number;
  readonly medianMae: number;
  readonly medianMfe: number;
  /** The part of the best that the exit kept, of those that were ahead; null where none was. */
  readonly medianKept: number | null;
}

/** With a stop at this part of the way to the one that each had. */
export interface NearerStop {
  readonly part: number;
  /** That it would have closed. */
  readonly winners: number;
  readonly losers: number;
}

/** How much of the way to their stop round trips went, of those that had one. */
export interface StopUse {
  readonly winners: number;
  readonly losers: number;
  /** Of the winners, 0 = none of the way, 1 = all of it; `most`: nine of ten went no further. */
  readonly median: number;
  readonly most: number;
  readonly nearer: readonly NearerStop[];
}

export interface OpenDot {
  readonly id: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly closedMs: number;
  /** How far it went against the trader, ≥ 0. */
  readonly mae: number;
  readonly mfe: number;
  /** What it brought in the end. */
  readonly value: number;
}

export interface WhileOpen {
  /** Null without a round trip. */
  readonly all: OpenFigures | null;
  readonly won: OpenFigures | null;
  readonly lost: OpenFigures | null;
  /** Null where no winner had a stop. */
  readonly stop: StopUse | null;
  /** In the order in which they were given. */
  readonly dots: readonly OpenDot[];
  /** No stop to count R by, no pip, or the worth of a price is not known. */
  readonly untold: number;
}

export interface OpenUnits {
  readonly valueOf: TripValue;
  readonly worthOf: PriceWorth;
}

const nearerParts = [0.25, 0.5, 0.75];

/** `trips` in the order of their exits. Source: Sweeney 1996, Maximum Adverse Excursion. */
export function whileOpen(
  trips: readonly MeasuredTrip[],
  { valueOf, worthOf }: OpenUnits,
): WhileOpen {
  const told = trips.flatMap((trip) => {
    const [value, worth] = [valueOf(trip), worthOf(trip)];
    return value === null || worth === null ? [] : [toldOf(trip, value, worth)];
  });
  const won = told.filter(({ value }) => value > 0);
  const lost = told.filter(({ value }) => value < 0);
  return {
    ...{ all: figuresOf(told), won: figuresOf(won), lost: figuresOf(lost) },
    stop: stopUseOf(won, lost),
    dots: told.map(dotOf),
    untold: trips.length - told.length,
  };
}

function dotOf({ trip, mae, mfe, value }: Told): OpenDot {
  const { id, symbol, side, closedMs } = trip;
  return { id, symbol, side, closedMs, mae, mfe, value };
}

interface Told {
  readonly trip: MeasuredTrip;
  readonly value: number;
  readonly mae: number;
  readonly mfe: number;
  /** Before costs. */
  readonly gross: number;
  readonly kept: number | null;
  /** Null without a stop. */
  readonly used: number | null;
}

function toldOf(trip: MeasuredTrip, value: number, worth: number): Told {
  const { mae, mfe } = trip.excursion;
  // Open several times, its stop has no single entry to be so far from.
  const risk = trip.edited?.legs ? null : riskWay(trip, planOf(trip));
  return {
    ...{ trip, value, mae: mae * worth, mfe: mfe * worth },
    gross: (trip.exitPrice - trip.entryPrice) * direction(trip) * worth,
    kept: efficiency(trip, trip.excursion),
    used: risk === null ? null : mae / risk,
  };
}

function figuresOf(told: readonly Told[]): OpenFigures | null {
  const figures = excursionFigures(told);
  if (figures === null) return null;
  return {
    ...figures,
    trips: told.length,
    medianMae: quantileOf(told, ({ mae }) => mae, 0.5) ?? 0,
    medianMfe: quantileOf(told, ({ mfe }) => mfe, 0.5) ?? 0,
    medianKept: quantileOf(told, ({ kept }) => kept, 0.5),
  };
}

function stopUseOf(won: readonly Told[], lost: readonly Told[]): StopUse | null {
  const [winners, losers] = [usedOf(won), usedOf(lost)];
  const [median, most] = [quantile(winners, 0.5), quantile(winners, 0.9)];
  if (median === null || most === null) return null;
  const beyond = (used: Float64Array, part: number) => used.filter((each) => each >= part).length;
  return {
    ...{ winners: winners.length, losers: losers.length, median, most },
    nearer: nearerParts.map((part) => ({
      ...{ part, winners: beyond(winners, part), losers: beyond(losers, part) },
    })),
  };
}

const usedOf = (told: readonly Told[]) => sorted(told, ({ used }) => used);

function quantileOf(
  told: readonly Told[],
  of: (each: Told) => number | null,
  share: number,
): number | null {
  return quantile(sorted(told, of), share);
}

function sorted(told: readonly Told[], of: (each: Told) => number | null): Float64Array {
  return Float64Array.from(told.map(of).filter((value) => value !== null)).sort();
}
