import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fail, ok, type Result } from '#core/result.ts';
import type { Failure } from '#core/errors.ts';
import { formatHlc } from '#core/sync/hlc.ts';
import { fromWire, type Fragment, type WireFragment } from '#core/sync/fragment.ts';
import type { BootstrapAnswer, BootstrapRequest } from '#core/sync/protocol.ts';
import { firstSync, type FirstSyncParts } from './first-sync.ts';
import { memoryPacks, PACK_FRAGMENTS } from './packs.ts';

const hlcOf = (seq: number) => formatHlc({ ms: 1_700_000_000_000 + seq, counter: 0 }, 'abcdef');
const rowOf = (seq: number) => `row-${seq % 700}`;

/** A server that holds `head` fragments and gives `pageSize` of them at a time. */
function server(head: number, pageSize: number) {
  const asked: BootstrapRequest['from'][] = [];
  return {
    asked,
    async ask(from: BootstrapRequest['from']): Promise<Result<BootstrapAnswer, Failure>> {
      asked.push(from);
      const top = from ? from.before - 1 : head;
      const fragments: WireFragment[] = [];
      for (let seq = top; seq > Math.max(0, top - pageSize); seq--) {
        fragments.push(['strategies', rowOf(seq), hlcOf(seq), { name: `n${seq}` }]);
      }
      const before = top - pageSize > 0 ? top - pageSize + 1 : null;
      return ok({
        kind: 'page',
        fragments,
        head,
        before,
        witness: { seq: head, token: 't' },
        nowMs: 0,
      });
    },
  };
}

function device(ask: FirstSyncParts['ask'], packs = memoryPacks()) {
  const merged: Fragment[] = [];
  const ratios: number[] = [];
  /** How many merges may still be made before the device is switched off. */
  const power = { left: Infinity };
  const parts: FirstSyncParts = {
    packs,
    ask,
    open: async (wire) => wire.map((each) => fromWire(each) as Fragment),
    async merge(fragments) {
      if (power.left-- <= 0) throw new Error('switched off');
      merged.push(...fragments);
    },
    onRatio: (ratio) => void ratios.push(ratio),
    isStopped: () => false,
  };
  return { parts, merged, ratios, packs, power, sync: firstSync(parts) };
}
const stampsOf = (fragments: readonly Fragment[]) => new Set(fragments.map(({ hlc }) => hlc));

describe('the first sync', () => {
  test('brings everything, the newest first, and says how far it is', async () => {
    const { sync, merged, ratios, packs } = device(server(4_321, 1_000).ask);
    expect(await sync.run()).toEqual({
      kind: 'done',
      progress: { head: 4_321, before: null, witness: { seq: 4_321, token: 't' } },
    });
    expect(merged.map(({ hlc }) => hlc)).toEqual(
      Array.from({ length: 4_321 }, (_, i) => hlcOf(4_321 - i)),
    );
    expect(ratios).toEqual(ratios.toSorted((a, b) => a - b));
    expect(ratios.at(-1)).toBe(1);
    expect(await packs.numbers()).toEqual([]);
  });

  test('is done at once for an account that has nothing', async () => {
    const { sync, merged } = device(server(0, 1_000).ask);
    expect(await sync.run()).toMatchObject({ kind: 'done', progress: { head: 0 } });
    expect(merged).toEqual([]);
  });

  test('merges what was worked on last before the other pages are asked for all', async () => {
    const { sync, merged, parts } = device(server(10_000, 2_000).ask);
    const first = new Promise<number>((resolve) => {
      const merge = parts.merge;
      Object.assign(parts, {
        async merge(fragments: readonly Fragment[]) {
          await merge(fragments);
          resolve((await parts.packs.progress())?.before ?? 0);
        },
      });
    });
    await sync.run();
    expect(await first).toBe(8_001);
    expect(merged.length).toBe(10_000);
  });

  test('merges a row that somebody looks at before its turn', async () => {
    const { sync, merged, parts } = device(server(20_000, 5_000).ask);
    let isTouched = false;
    Object.assign(parts, {
      onRatio(ratio: number) {
        if (ratio < 0.3 || isTouched) return;
        isTouched = true;
        sync.touch('strategies', rowOf(3));
      },
    });
    await sync.run();
    const at = merged.findIndex(({ hlc }) => hlc === hlcOf(3));
    // In its turn it would be nearly the last.
    expect(at).toBeLessThan(8_000);
    expect(stampsOf(merged).size).toBe(20_000);
    expect(merged.length).toBe(20_000);
  });

  test('goes on after being switched off anywhere, and asks for no page twice', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(6), { maxLength: 12 }), async (switchedOff) => {
        const { ask, asked } = server(3_000, 700);
        const packs = memoryPacks();
        const all = new Set<string>();
        for (const left of [...switchedOff, Infinity]) {
          const one = device(ask, packs);
          one.power.left = left;
          await one.sync.run().catch(() => undefined);
          for (const { hlc } of one.merged) all.add(hlc);
        }
        expect(all.size).toBe(3_000);
        expect(await packs.numbers()).toEqual([]);
        // Pages that were on their way when it was switched off are asked for again.
        const pages = asked.map((from) => from?.before ?? Infinity);
        expect(new Set(pages).size).toBe(5);
        expect(pages).toEqual(pages.toSorted((a, b) => b - a));
      }),
      { numRuns: 40 },
    );
  });

  test('fails as its server does, and keeps what it has', async () => {
    const { ask } = server(3_000, 700);
    let calls = 0;
    const { sync, packs } = device(async (from) =>
      ++calls > 2 ? fail({ code: 'server.unavailable', detail: '' }) : ask(from),
    );
    expect(await sync.run()).toMatchObject({ kind: 'failed' });
    expect((await packs.progress())?.before).toBe(1_601);
    expect((await packs.numbers()).length).toBeGreaterThan(0);
  });

  test('forgets its pages when the server means other data now', async () => {
    const { ask } = server(3_000, 700);
    let calls = 0;
    const { sync, packs } = device(async (from) =>
      ++calls > 2 ? ok({ kind: 'sealed', nowMs: 0 }) : ask(from),
    );
    expect(await sync.run()).toEqual({ kind: 'refused', why: 'sealed' });
    expect(await packs.progress()).toBeNull();
    expect(await packs.numbers()).toEqual([]);
  });

  test('keeps packs of a size that a touched row is quickly found in', async () => {
    const { sync, packs, power } = device(server(3_000, 3_000).ask);
    power.left = 1;
    await sync.run().catch(() => undefined);
    const kept = await packs.packs(await packs.numbers());
    expect(Math.max(...kept.map(({ fragments }) => fragments.length))).toBe(PACK_FRAGMENTS);
  });
});
