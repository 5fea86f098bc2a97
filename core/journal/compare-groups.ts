/** Two groups of round trips side by side: how far their means are apart, and what chance does. */
import { studentQuantile } from '../statistics/student.ts';
import {
  addTo,
  doubt,
  figuresOf,
  isTelling,
  meanError,
  noSums,
  type Band,
  type GroupFigures,
  type GroupSums,
} from './group-figures.ts';
import { keysFor, type GroupKind, type KeyAsk } from './group-kinds.ts';
import { permutationTest, type Chance } from './permutation-test.ts';
import { counting, type CountedValue, type ReportAsk } from './trip-report.ts';
import type { ReportedTrip } from './trip-units.ts';

export interface GroupChoice {
  readonly kind: GroupKind;
  readonly key: string;
}

export interface GroupComparison {
  readonly a: GroupFigures;
  readonly b: GroupFigures;
  /** In both groups: such count in neither. */
  readonly inBoth: number;
  /** Mean of the first less that of the second; null where one of them is empty. */
  readonly apart: number | null;
  /** Where the true difference lies with 95 % certainty; null where one of the two cannot tell. */
  readonly band: Band | null;
  readonly chance: Chance | null;
}

/** The seed is fixed: asked again, the answer is the same. */
const seed = 1;

/** `b` null: all that are not in `a`. */
export function compareGroups(
  trips: readonly ReportedTrip[],
  { a, b, ...ask }: ReportAsk & { readonly a: GroupChoice; readonly b: GroupChoice | null },
): GroupComparison {
  const { counted } = counting(trips, ask);
  const isInA = membership(a, ask);
  const isInB = b ? membership(b, ask) : (each: CountedValue) => !isInA(each);
  const [inA, inB]: [CountedValue[], CountedValue[]] = [[], []];
  let inBoth = 0;
  for (const each of counted) {
    const [first, second] = [isInA(each), isInB(each)];
    if (first && second) inBoth++;
    else if (first) inA.push(each);
    else if (second) inB.push(each);
  }
  const [sumsA, sumsB] = [sumsOf(inA), sumsOf(inB)];
  const [figuresA, figuresB] = [figuresOf(sumsA), figuresOf(sumsB)];
  return {
    ...{ a: figuresA, b: figuresB, inBoth },
    apart:
      figuresA.expectancy === null || figuresB.expectancy === null
        ? null
        : figuresA.expectancy - figuresB.expectancy,
    band: welchBand(sumsA, sumsB),
    chance: permutationTest(valuesOf(inA), valuesOf(inB), { seed }),
  };
}

function membership({ kind, key }: GroupChoice, ask: KeyAsk): (each: CountedValue) => boolean {
  const keysOf = keysFor(kind, ask);
  return ({ trip }) => {
    const keys = keysOf(trip);
    return typeof keys === 'string' ? keys === key : keys.includes(key);
  };
}

function sumsOf(counted: readonly CountedValue[]): GroupSums {
  const sums = noSums();
  for (const { trip, value } of counted) addTo(sums, value, trip.r);
  return sums;
}

const valuesOf = (counted: readonly CountedValue[]) =>
  Float64Array.from(counted, ({ value }) => value);

/** Source: Welch 1947, The Generalization of Student's Problem. */
function welchBand(a: GroupSums, b: GroupSums): Band | null {
  if (!isTelling(a) || !isTelling(b)) return null;
  const [ofA, ofB] = [meanError(a), meanError(b)];
  const variance = ofA.variance + ofB.variance;
  const apart = a.mean - b.mean;
  const degrees =
    variance ** 2 / (ofA.variance ** 2 / ofA.degrees + ofB.variance ** 2 / ofB.degrees);
  const half = studentQuantile(doubt, Math.max(1, degrees)) * Math.sqrt(variance);
  return { low: apart - half, high: apart + half };
}
