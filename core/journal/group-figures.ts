/** The figures of round trips that have something in common, added up one after another. */
import { studentQuantile } from '../statistics/student.ts';
import { tidy } from './decimal-sums.ts';

export interface Band {
  readonly low: number;
  readonly high: number;
}

/** Fewer tell nothing of what is true. */
export const leastTelling = 5;

/** In the unit that was asked for; of the closed ones that can be told in it. */
export interface GroupFigures {
  readonly trips: number;
  readonly won: number;
  readonly net: number;
  readonly expectancy: number | null;
  /**
   * Where the true mean lies with 95 % certainty, by Student's t; null of fewer than
   * `leastTelling`, and of values that are all alike: they do not tell how far others may lie.
   */
  readonly expectancyBand: Band | null;
  readonly meanWin: number | null;
  readonly meanLoss: number | null;
  /** Null where nothing was lost. */
  readonly profitFactor: number | null;
  readonly expectancyR: number | null;
}

export interface GroupSums {
  trips: number;
  won: number;
  lost: number;
  wins: number;
  losses: number;
  /** Welford's: the mean so far, and the squares around it. */
  mean: number;
  squares: number;
  withR: number;
  r: number;
}

export const noSums = (): GroupSums => ({
  ...{ trips: 0, won: 0, lost: 0, wins: 0, losses: 0, mean: 0, squares: 0, withR: 0, r: 0 },
});

export function addTo(sums: GroupSums, value: number, r: number | null): void {
  sums.trips++;
  if (value > 0) {
    sums.won++;
    sums.wins += value;
  } else if (value < 0) {
    sums.lost++;
    sums.losses += value;
  }
  const off = value - sums.mean;
  sums.mean += off / sums.trips;
  sums.squares += off * (value - sums.mean);
  if (r !== null) {
    sums.withR++;
    sums.r += r;
  }
}

const meanOf = (sum: number, count: number) => (count === 0 ? null : tidy(sum) / count);

/** One in twenty: the intervals hold with 95 %. */
export const doubt = 0.05;

export function figuresOf(sums: GroupSums): GroupFigures {
  const { trips, won, lost, wins, losses } = sums;
  const net = wins + losses;
  return {
    trips,
    won,
    net: tidy(net),
    expectancy: meanOf(net, trips),
    expectancyBand: bandOf(sums),
    meanWin: meanOf(wins, won),
    meanLoss: meanOf(losses, lost),
    profitFactor: lost === 0 ? null : tidy(wins) / -tidy(losses),
    expectancyR: meanOf(sums.r, sums.withR),
  };
}

/** What sums of decimals leave of nothing. */
const leastSpread = 1e-12;

/** Whether they are enough, and of more than one value. */
export function isTelling({ trips, mean, squares }: GroupSums): boolean {
  return trips >= leastTelling && squares > leastSpread * trips * mean * mean;
}

function bandOf(sums: GroupSums): Band | null {
  if (!isTelling(sums)) return null;
  const { trips, mean, squares } = sums;
  const deviation = Math.sqrt(squares / (trips - 1));
  const half = (quantileOf(trips - 1) * deviation) / Math.sqrt(trips);
  return { low: mean - half, high: mean + half };
}

const quantileOf = (degrees: number): number => studentQuantile(doubt, degrees);

/** Variance of the mean, and its degrees of freedom; of at least two. */
export function meanError({ trips, squares }: GroupSums): { variance: number; degrees: number } {
  return { variance: squares / (trips - 1) / trips, degrees: trips - 1 };
}
