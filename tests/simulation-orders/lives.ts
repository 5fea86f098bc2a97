/** Many lives one after the other, and what they came to. */
import { allSafeguards, safeguards, type Safeguard } from './safeguards.ts';
import { simulate, type Violation } from './simulate.ts';

export interface Span {
  readonly from: number;
  readonly seeds: number;
}

/** Plain JSON, as it goes from a thread to another and into a log. */
export interface Tally {
  readonly seeds: number;
  readonly events: number;
  readonly deals: number;
  readonly intents: number;
  readonly faults: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
}

export const emptyTally: Tally = {
  ...{ seeds: 0, events: 0, deals: 0, intents: 0, faults: {}, violations: [] },
};

export function sum(one: Tally, other: Tally): Tally {
  const faults = { ...one.faults };
  for (const [name, count] of Object.entries(other.faults)) {
    faults[name] = (faults[name] ?? 0) + count;
  }
  return {
    seeds: one.seeds + other.seeds,
    events: one.events + other.events,
    deals: one.deals + other.deals,
    intents: one.intents + other.intents,
    faults,
    violations: [...one.violations, ...other.violations],
  };
}

export async function tallyOf({ from, seeds }: Span, without: Safeguard | null): Promise<Tally> {
  let tally = emptyTally;
  for (let seed = from; seed < from + seeds; seed++) {
    const life = await simulate(seed, without ? safeguards[without] : allSafeguards);
    const { events, deals, intents, violation } = life;
    tally = sum(tally, {
      ...{ seeds: 1, events, deals, intents, faults: Object.fromEntries(life.faults) },
      violations: violation ? [violation] : [],
    });
  }
  return tally;
}

/** Cut so that no thread waits long for another, and the same each time for the same span. */
export function cut({ from, seeds }: Span, most: number): readonly Span[] {
  const count = Math.ceil(seeds / most);
  return Array.from({ length: count }, (_, n) => ({
    from: from + n * most,
    seeds: Math.min(most, seeds - n * most),
  }));
}
