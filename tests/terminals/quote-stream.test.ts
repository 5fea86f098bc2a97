/** Prices on their way to devices: as few as possible, and only to those who look. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Quote } from '../../core/broker/instrument.ts';
import { MOST_QUOTES } from '../../core/sync/live.ts';
import { lookMs, quoteStream } from '../../sync/terminals/quote-stream.ts';

const quote = (symbol: string, bid: number): Quote => ({ symbol, bid, ask: bid + 1, timeMs: bid });

it('says of each symbol that is looked at the latest, whatever came before', () => {
  const symbol = fc.constantFrom('A', 'B', 'C', 'D');
  fc.assert(
    fc.property(
      fc.array(symbol),
      fc.array(fc.record({ symbol, bid: fc.nat() }), { maxLength: 200 }),
      (looked, came) => {
        const stream = quoteStream();
        stream.look('account', looked, 0);
        for (const { symbol: name, bid } of came) stream.put('account', [quote(name, bid)]);
        const last = new Map(came.map((one) => [one.symbol, one.bid]));
        const expected = [...last].filter(([name]) => looked.includes(name)).sort();
        const said = stream.take(1).flatMap(({ quotes }) => quotes);
        expect(said.map((one) => [one.symbol, one.bid]).sort()).toEqual(expected);
        expect(stream.take(2)).toEqual([]);
      },
    ),
  );
});

it('forgets who does not go on looking', () => {
  const stream = quoteStream();
  stream.look('account', ['A'], 0);
  stream.put('account', [quote('A', 1)]);
  expect(stream.take(lookMs)).toEqual([]);
  expect(stream.looked('account')).toEqual([]);
  stream.put('account', [quote('A', 2)]);
  expect(stream.take(lookMs + 1)).toEqual([]);
});

it('keeps a bounded number of symbols, those looked at last', () => {
  const stream = quoteStream();
  const symbols = Array.from({ length: 1_000 }, (_, n) => `S${n}`);
  for (const symbol of symbols) stream.look('account', [symbol], 0);
  for (const symbol of symbols) stream.put('account', [quote(symbol, 1)]);
  expect(stream.looked('account')).toEqual(symbols.slice(-MOST_QUOTES));
  expect(stream.take(1)[0]!.quotes).toHaveLength(MOST_QUOTES);
});

it('keeps one quote a symbol of ten thousand a second', () => {
  const stream = quoteStream();
  const symbols = Array.from({ length: 50 }, (_, n) => `S${n}`);
  stream.look('account', symbols, 0);
  for (let second = 1; second <= 3; second++) {
    for (let n = 0; n < 10_000; n++) stream.put('account', [quote(symbols[n % 50]!, n)]);
    const said = stream.take(second * 1_000).flatMap(({ quotes }) => quotes);
    expect(said).toHaveLength(50);
    expect(Math.min(...said.map(({ bid }) => bid))).toBe(9_950);
  }
});
