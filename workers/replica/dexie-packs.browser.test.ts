import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ok } from '#core/result.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { fromWire, type Fragment, type WireFragment } from '#core/sync/fragment.ts';
import { Database } from '#workers/store/database.ts';
import { dexiePacks } from './dexie-packs.ts';
import { firstSync } from './first-sync.ts';

let database: Database;
beforeEach(() => {
  database = new Database(`packs-${crypto.randomUUID()}`);
});
afterEach(() => database.delete());

const fragment = (seq: number): Fragment => ({
  collection: 'notes',
  row: `n${seq}`,
  hlc: formatHlc({ ms: 1_700_000_000_000 + seq, counter: 0 }, 'abcdef'),
  cells: { title: `“${seq}”` },
  schemaVersion: 1,
});
const progress = { head: 900, before: 401, witness: { seq: 900, token: 't' } };

describe('packs in the database', () => {
  test('come back as they were, the newest first, with how far they came', async () => {
    const packs = dexiePacks(database);
    expect(await packs.progress()).toBeNull();
    const numbers = await packs.addPage(
      [[fragment(900)], [fragment(899), fragment(898)]],
      progress,
    );
    expect(await packs.progress()).toEqual(progress);
    expect(await packs.numbers()).toEqual(numbers);
    const kept = await packs.packs(await packs.numbers());
    expect(kept.map(({ fragments }) => fragments)).toEqual([
      [fragment(900)],
      [fragment(899), fragment(898)],
    ]);
    await packs.remove([numbers[0]!]);
    expect(await packs.numbers()).toEqual([numbers[1]]);
    await packs.clear();
    expect(await packs.numbers()).toEqual([]);
    expect(await packs.progress()).toBeNull();
  });

  test('outlive the device being switched off in the midst of a first sync', async () => {
    const wire = ({ collection, row, hlc, cells }: Fragment): WireFragment => [
      collection,
      row,
      hlc,
      cells,
    ];
    const merged: string[] = [];
    const run = (most: number) => {
      let left = most;
      return firstSync({
        packs: dexiePacks(database),
        async ask(from) {
          const top = from ? from.before - 1 : 2_000;
          const fragments = Array.from({ length: 500 }, (_, i) => wire(fragment(top - i)));
          const before = top > 500 ? top - 499 : null;
          return ok({
            kind: 'page',
            fragments,
            head: 2_000,
            before,
            witness: progress.witness,
            nowMs: 0,
          });
        },
        open: async (page) => page.map((each) => fromWire(each) as Fragment),
        async merge(fragments) {
          if (left-- <= 0) throw new Error('switched off');
          merged.push(...fragments.map(({ row }) => row));
        },
        onRatio: () => undefined,
        isStopped: () => false,
      }).run();
    };
    await expect(run(2)).rejects.toThrow('switched off');
    expect(await run(Infinity)).toMatchObject({ kind: 'done', progress: { head: 2_000 } });
    expect(merged.toSorted()).toEqual(
      Array.from({ length: 2_000 }, (_, i) => `n${i + 1}`).toSorted(),
    );
  });
});
