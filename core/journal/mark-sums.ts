/** What round trips came to by what the trader marked at them: playbooks with their criteria, mistakes. */
import { summaries, type CountedTrip, type JournalSummary } from './trip-sums.ts';

export interface MarkedTrip extends CountedTrip {
  readonly playbook: string | null;
  readonly met: readonly string[];
  readonly mistakes: readonly string[];
}

/** A line for each currency, as above the list. */
export type Sums = readonly JournalSummary[];

export interface PlaybookSums {
  readonly playbook: string;
  readonly all: Sums;
  /** Of those at which every criterion of it was met, and of the others. */
  readonly met: Sums;
  readonly unmet: Sums;
  /** Closed and still open. */
  readonly trips: number;
}

/** Ids of the criteria that a playbook has now, by its id; one that is missing is gone. */
export type CriteriaOf = Readonly<Record<string, readonly string[]>>;

/** Of every playbook that a round trip names. */
export function playbookSums(
  trips: readonly MarkedTrip[],
  criteriaOf: CriteriaOf,
): readonly PlaybookSums[] {
  const by = new Map<string, MarkedTrip[]>();
  for (const trip of trips) if (trip.playbook !== null) add(by, trip.playbook, trip);
  return [...by].map(([playbook, each]) => {
    const criteria = Object.hasOwn(criteriaOf, playbook) ? criteriaOf[playbook]! : [];
    const isSplit = criteria.length > 0;
    const isMet = ({ met }: MarkedTrip) => criteria.every((id) => met.includes(id));
    return {
      playbook,
      all: summaries(each),
      met: isSplit ? summaries(each.filter(isMet)) : [],
      unmet: isSplit ? summaries(each.filter((trip) => !isMet(trip))) : [],
      trips: each.length,
    };
  });
}

export interface MistakeSums {
  /** Null: of the round trips without any, to compare. */
  readonly mistake: string | null;
  readonly sums: Sums;
}

/** The dearest first, then those without a mistake; a round trip with two mistakes is in both. */
export function mistakeSums(trips: readonly MarkedTrip[]): readonly MistakeSums[] {
  const by = new Map<string, MarkedTrip[]>();
  for (const trip of trips) for (const mistake of trip.mistakes) add(by, mistake, trip);
  const found = [...by].map(([mistake, each]) => ({ mistake, sums: summaries(each) }));
  const cost = ({ sums }: MistakeSums) => sums.reduce((least, { net }) => Math.min(least, net), 0);
  const clean = trips.filter(({ mistakes }) => mistakes.length === 0);
  return [
    ...found.toSorted((a, b) => cost(a) - cost(b) || (a.mistake < b.mistake ? -1 : 1)),
    ...(found.length > 0 ? [{ mistake: null, sums: summaries(clean) }] : []),
  ];
}

function add<T>(by: Map<string, T[]>, key: string, one: T): void {
  const there = by.get(key);
  if (there) there.push(one);
  else by.set(key, [one]);
}
