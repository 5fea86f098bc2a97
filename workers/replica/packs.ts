/**
 * Pages of the first sync that are stored and not yet merged into rows.
 *
 * They lie in packs of at most 200 fragments, the newest first; a page and how far the pages
 * have come are stored together, so that whoever goes on after a crash asks for the next one.
 */
import type { Fragment } from '#core/sync/fragment.ts';
import type { Witness } from '#core/sync/protocol.ts';

export interface BootstrapProgress {
  readonly head: number;
  /** Where the next page ends; null = all pages are here. */
  readonly before: number | null;
  readonly witness: Witness;
}

export interface Pack {
  /** Rises with each pack, so that the lowest is the newest. */
  readonly n: number;
  readonly fragments: readonly Fragment[];
}

/** A pack as it is stored: one text is written and read several times faster than its objects. */
export interface StoredPack {
  readonly n: number;
  /** `fragments` as JSON. */
  readonly text: string;
}

export interface PackStore {
  progress(): Promise<BootstrapProgress | null>;
  /** Stores a page whole or not at all; answers the numbers of its packs. */
  addPage(
    packs: readonly (readonly Fragment[])[],
    progress: BootstrapProgress,
  ): Promise<readonly number[]>;
  /** The numbers that are left, rising. */
  numbers(): Promise<readonly number[]>;
  packs(numbers: readonly number[]): Promise<readonly Pack[]>;
  remove(numbers: readonly number[]): Promise<void>;
  /** Forgets the packs and how far the pages came. */
  clear(): Promise<void>;
}

export const PACK_FRAGMENTS = 200;

export function inPacks(fragments: readonly Fragment[]): readonly (readonly Fragment[])[] {
  const packs = [];
  for (let at = 0; at < fragments.length; at += PACK_FRAGMENTS) {
    packs.push(fragments.slice(at, at + PACK_FRAGMENTS));
  }
  return packs;
}

/** For tests, and where nothing outlives the process. */
export function memoryPacks(): PackStore {
  let progress: BootstrapProgress | null = null;
  let last = 0;
  const kept = new Map<number, readonly Fragment[]>();
  return {
    async progress() {
      return progress;
    },
    async addPage(packs, next) {
      progress = next;
      return packs.map((fragments) => {
        kept.set(++last, fragments);
        return last;
      });
    },
    async numbers() {
      return [...kept.keys()];
    },
    async packs(numbers) {
      return numbers.flatMap((n) => {
        const fragments = kept.get(n);
        return fragments ? [{ n, fragments }] : [];
      });
    },
    async remove(numbers) {
      for (const n of numbers) kept.delete(n);
    },
    async clear() {
      kept.clear();
      progress = null;
    },
  };
}
