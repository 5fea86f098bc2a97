/** What goes wrong, how often, and how often it did. */
import type { Chance } from '../simulation/chance.ts';

/** How often in a thousand chances of each kind. */
const usual = {
  stall: 6,
  'slow database': 12,
  'server dies in a transaction': 0.6,
  'database lost': 0.6,
  'slow flush': 300,
  'slow look': 80,
  'connector dies at the journal': 12,
  'connector dies at the broker': 20,
  'delta forgets': 120,
  'result twice': 60,
  rejected: 40,
  requote: 50,
  'time-out, not executed': 60,
  'time-out, executed': 70,
  'time-out, executed later': 70,
  'reply lost, executed': 40,
  'reply lost, not executed': 25,
  'request lost': 120,
  'answer lost': 120,
  'request twice': 60,
  'request again much later': 60,
  'wake lost': 60,
} as const;

export type Fault = keyof typeof usual;

/** Those that the world makes happen at times of its own. */
export type Incident =
  'cut' | 'half-open' | 'server dies' | 'connector dies' | 'terminal off line' | 'manual trade';

export interface Faults {
  happens(fault: Fault): boolean;
  note(incident: Incident): void;
  /** From now on nothing goes wrong. */
  end(): void;
  readonly areOver: boolean;
  readonly counts: ReadonlyMap<string, number>;
}

export function seededFaults(chance: Chance): Faults {
  const counts = new Map<string, number>();
  // Some lives are calm and some are not, so that each fault is also alone.
  const severity = chance.of([0.3, 1, 1, 2]);
  let areOver = false;
  const note = (name: string) => void counts.set(name, (counts.get(name) ?? 0) + 1);
  return {
    happens(fault) {
      if (areOver || !chance.often((usual[fault] * severity) / 1_000)) return false;
      note(fault);
      return true;
    },
    note,
    end() {
      areOver = true;
    },
    get areOver() {
      return areOver;
    },
    counts,
  };
}
