/**
 * Everything that an account has, brought to a device that has nothing of it yet.
 *
 * Pages come newest first and are stored as they are, which is quick; then they are merged into
 * rows, which is slow, the newest first and before them whatever row somebody looks at. After a
 * crash it goes on where it was: merging is idempotent.
 */
import type { Failure } from '#core/errors.ts';
import type { Fragment, WireFragment } from '#core/sync/fragment.ts';
import type { BootstrapAnswer, BootstrapRequest, Refused } from '#core/sync/protocol.ts';
import type { Result } from '#core/result.ts';
import { inPacks, type BootstrapProgress, type PackStore } from './packs.ts';

export interface FirstSyncParts {
  readonly packs: PackStore;
  ask(from: BootstrapRequest['from']): Promise<Result<BootstrapAnswer, Failure>>;
  open(wire: readonly WireFragment[]): Promise<readonly Fragment[]>;
  merge(fragments: readonly Fragment[]): Promise<void>;
  /** 0 … 1, now and then. */
  onRatio(ratio: number): void;
  /** True once this must end; then `run` answers `stopped`. */
  isStopped(): boolean;
}

export type FirstSyncEnd =
  | { readonly kind: 'done'; readonly progress: BootstrapProgress }
  | { readonly kind: 'refused'; readonly why: Refused['kind'] }
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'stopped' };

export interface FirstSync {
  run(): Promise<FirstSyncEnd>;
  /** Merges the packs that hold this row next. */
  touch(collection: string, row: string): void;
}

/** Packs merged in one transaction: the price of a transaction is spread, and a touch is soon heard. */
const packsAtOnce = 5;
/** Of the whole, how much the pages are; merging them takes longer. */
const pagesRatio = 0.25;

export function firstSync(parts: FirstSyncParts): FirstSync {
  const { packs } = parts;
  /** Numbers of the packs that hold a row; made when the first row is asked for. */
  let packsOfRow: Map<string, number[]> | null = null;
  const wanted = new Set<string>();

  return {
    async run() {
      const loaded = await loadPages(parts);
      if (loaded.kind !== 'done') return loaded;
      const numbers = await packs.numbers();
      let left = [...numbers];
      while (left.length > 0) {
        if (parts.isStopped()) return { kind: 'stopped' };
        if (wanted.size > 0) packsOfRow ??= await rowsOf(packs, left);
        const next = nextPacks(left, wanted, packsOfRow);
        await mergePacks(parts, next);
        left = left.filter((n) => !next.includes(n));
        parts.onRatio(pagesRatio + (1 - pagesRatio) * (1 - left.length / numbers.length));
      }
      packsOfRow = null;
      return loaded;
    },
    touch(collection, row) {
      wanted.add(keyOf(collection, row));
    },
  };
}

async function loadPages(parts: FirstSyncParts): Promise<FirstSyncEnd> {
  let progress = await parts.packs.progress();
  let isFirst = progress === null;
  let asked = progress?.before === null ? null : parts.ask(nextFrom(progress));
  while (asked) {
    if (parts.isStopped()) return { kind: 'stopped' };
    const answer = await asked;
    if (!answer.ok) return { kind: 'failed', failure: answer.error };
    if (answer.value.kind !== 'page') {
      // What is stored is of before: the device asks for everything anew.
      await parts.packs.clear();
      return { kind: 'refused', why: answer.value.kind };
    }
    const { fragments, head, before, witness } = answer.value;
    progress = { head, before, witness };
    // The next page travels while this one is opened and stored.
    asked = before === null ? null : parts.ask(nextFrom(progress));
    // Whatever ends this one early is told by the answer that is waited for.
    asked?.catch(() => undefined);
    const numbers = await parts.packs.addPage(inPacks(await parts.open(fragments)), progress);
    // What one worked on last is what one looks for first.
    if (isFirst) await mergePacks(parts, numbers.slice(0, packsAtOnce));
    isFirst = false;
    parts.onRatio(head > 0 ? pagesRatio * (1 - (before ?? 0) / head) : pagesRatio);
  }
  return progress ? { kind: 'done', progress } : { kind: 'stopped' };
}

function nextFrom(progress: BootstrapProgress | null): BootstrapRequest['from'] {
  if (progress === null || progress.before === null) return null;
  return { head: progress.head, before: progress.before };
}

async function mergePacks(parts: FirstSyncParts, numbers: readonly number[]): Promise<void> {
  const found = await parts.packs.packs(numbers);
  await parts.merge(found.flatMap(({ fragments }) => fragments));
  await parts.packs.remove(numbers);
}

async function rowsOf(
  packs: PackStore,
  numbers: readonly number[],
): Promise<Map<string, number[]>> {
  const found = new Map<string, number[]>();
  for (let at = 0; at < numbers.length; at += 50) {
    for (const { n, fragments } of await packs.packs(numbers.slice(at, at + 50))) {
      for (const { collection, row } of fragments) {
        const key = keyOf(collection, row);
        const list = found.get(key);
        if (!list) found.set(key, [n]);
        else if (list.at(-1) !== n) list.push(n);
      }
    }
  }
  return found;
}

/** Those of a wanted row, else the newest few. */
function nextPacks(
  left: readonly number[],
  wanted: Set<string>,
  packsOfRow: ReadonlyMap<string, readonly number[]> | null,
): readonly number[] {
  for (const key of wanted) {
    wanted.delete(key);
    const numbers = (packsOfRow?.get(key) ?? []).filter((n) => left.includes(n));
    if (numbers.length > 0) return numbers;
  }
  return left.slice(0, packsAtOnce);
}

function keyOf(collection: string, row: string): string {
  return `${collection} ${row}`;
}
