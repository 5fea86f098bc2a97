/** Fragments that could not be merged when they came: kept until they can, or to be told. */
import type { WireFragment } from '#core/sync/fragment.ts';
import { hashOf } from './chunk-transfer.ts';

/**
 * `chunks` those cannot be had yet · `row` a deletion of a row that was not seen yet · `damaged`
 * it will never open.
 */
export type AsideReason = 'chunks' | 'row' | 'damaged';

export interface Aside {
  readonly id: string;
  readonly wire: WireFragment;
  readonly reason: AsideReason;
  /** Of `Sealing`: what came before encryption was switched comes again. */
  readonly epoch: number;
  readonly tries: number;
  readonly nextMs: number;
}

export interface AsideShelf {
  all(): Promise<readonly Aside[]>;
  put(asides: readonly Aside[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
}

const firstWaitMs = 15_000;
const mostWaitMs = 3_600_000;
const utf8 = new TextEncoder();

export async function asideOf(
  wire: WireFragment,
  reason: AsideReason,
  at: { readonly epoch: number; readonly nowMs: number },
): Promise<Aside> {
  const id = (await hashOf(utf8.encode(JSON.stringify(wire)))).slice(0, 32);
  const { epoch, nowMs } = at;
  return { id, wire, reason, epoch, tries: 0, nextMs: nowMs + firstWaitMs };
}

export function triedAgain(aside: Aside, nowMs: number): Aside {
  const tries = aside.tries + 1;
  return { ...aside, tries, nextMs: nowMs + Math.min(firstWaitMs * 2 ** tries, mostWaitMs) };
}

/** For tests, and where nothing outlives the process. */
export function memoryAsides(): AsideShelf {
  const kept = new Map<string, Aside>();
  return {
    all: async () => [...kept.values()],
    async put(asides) {
      for (const each of asides) kept.set(each.id, each);
    },
    async remove(ids) {
      for (const id of ids) kept.delete(id);
    },
  };
}
