/** Pages join to one list, and an answer to an earlier question changes nothing. */
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { fail, ok } from '#core/result.ts';
import { Paged } from './paged.svelte.ts';

// Here nothing draws: a rune is the value it holds.
vi.hoisted(() => {
  const plain = <T>(value: T) => value;
  vi.stubGlobal('$state', Object.assign(plain, { raw: plain }));
});

test('asking for more until there is none gives every row once, in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.nat()), fc.integer({ min: 1, max: 5 }), async (all, size) => {
      const paged = new Paged<number, number>((after) => {
        const from = after ?? 0;
        const next = from + size < all.length ? from + size : null;
        return Promise.resolve(ok({ rows: all.slice(from, from + size), next }));
      });
      await paged.restart();
      while (paged.next !== null) await paged.more();
      expect(paged.rows).toEqual(all);
    }),
  );
});

test('a slow answer to what is no longer asked is dropped', async () => {
  const waiting: ((rows: string[]) => void)[] = [];
  const paged = new Paged<string, never>(async () => {
    const rows = await new Promise<string[]>((resolve) => waiting.push(resolve));
    return ok({ rows, next: null });
  });
  const first = paged.restart();
  const second = paged.restart();
  waiting[1]!(['new']);
  await second;
  waiting[0]!(['old']);
  await first;
  expect(paged.rows).toEqual(['new']);
  expect(paged.busy).toBe(false);
});

test('a failure keeps what was loaded', async () => {
  let fails = false;
  const paged = new Paged<string, number>(() =>
    Promise.resolve(
      fails ? fail({ code: 'server.unavailable', detail: '' }) : ok({ rows: ['a'], next: 1 }),
    ),
  );
  await paged.restart();
  fails = true;
  await paged.more();
  expect(paged.rows).toEqual(['a']);
  expect(paged.failure?.code).toBe('server.unavailable');
});
