/**
 * What a computation keeps from one chunk of its columns to the next.
 *
 * A function of columns that carries something over asks for it: the first chunk makes an entry,
 * the later ones find it again in the order of the calls. So it must ask on every chunk alike, an
 * empty one included. Without a memory the chunk is the whole column, and nothing is kept.
 */
import { assert } from '../assert.ts';
import { firstValue } from './first-value.ts';

/** Plain data alone, so that it can be cloned, stored and sent. */
export type Entry = Record<string, number | Float64Array | Int32Array>;

export class Memory {
  readonly #entries: Entry[];
  #next = 0;

  constructor(entries: readonly Entry[] = []) {
    this.#entries = entries.map(copyOf);
  }

  /** The entry of the next call; `first` makes it on the first chunk. */
  next<T extends Entry>(first: () => T): T {
    if (this.#next === this.#entries.length) this.#entries.push(first());
    return this.#entries[this.#next++] as T;
  }

  /** Ends a chunk; the calls of the next one begin at the first entry again. */
  rewind(): void {
    assert(this.#next === this.#entries.length, 'every chunk asks for what the first asked for');
    this.#next = 0;
  }

  /** Everything it holds, as data of its own, to make another of. */
  copy(): readonly Entry[] {
    return this.#entries.map(copyOf);
  }
}

function copyOf(entry: Entry): Entry {
  return Object.fromEntries(
    Object.entries(entry).map(([name, value]) => [
      name,
      typeof value === 'number' ? value : value.slice(),
    ]),
  );
}

/** What was kept in the chunk before, to be changed in place; without a memory what `first` makes. */
export function recall<T extends Entry>(memory: Memory | undefined, first: () => T): T {
  return memory ? memory.next(first) : first();
}

export interface WithPast {
  readonly column: Float64Array;
  /** Where the chunk begins in it. */
  readonly from: number;
}

/**
 * The values of the chunk behind the last `bars` of those before it.
 *
 * As long as no more than `bars` came before, it is the whole column: a loop that starts where it
 * would start in the whole column meets each value of the chunk once.
 */
export function withPast(values: Float64Array, bars: number, memory: Memory | undefined): WithPast {
  if (!memory) return { column: values, from: 0 };
  const kept = memory.next(() => ({ past: new Float64Array(0) }));
  const from = kept.past.length;
  const column = new Float64Array(from + values.length);
  column.set(kept.past);
  column.set(values, from);
  kept.past = column.slice(Math.max(0, column.length - bars));
  return { column, from };
}

/**
 * Where in the chunk the value lies that comes `count` after the column's first; the length of the
 * chunk where it comes later.
 */
export function afterFirst(
  values: Float64Array,
  count: number,
  memory: Memory | undefined,
): number {
  const kept = recall(memory, () => ({ left: count }));
  const start = firstValue(values);
  const index = Math.min(values.length, start + kept.left);
  kept.left -= index - start;
  return index;
}
