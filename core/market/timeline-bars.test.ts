import { expect, test } from 'vitest';
import { sliceBars } from './bars.ts';
import { makeBars } from './made-bars.ts';
import { onTimeline } from './timeline-bars.ts';

const bars = makeBars({ count: 6, seed: 1, ask: true, volume: true });

test('bars on their own times are themselves', () => {
  expect(onTimeline(bars, bars.timesMs)).toEqual(bars);
});

test('where a market has no bar its price stands still', () => {
  const late = sliceBars(bars, 2, 4);
  const laid = onTimeline(late, bars.timesMs);
  const { open, high, low, close } = late.bid;
  expect(Array.from(laid.bid.close)).toEqual([
    open[0],
    open[0],
    close[0],
    close[1],
    close[1],
    close[1],
  ]);
  expect(Array.from(laid.bid.high.slice(2))).toEqual([high[0], high[1], close[1], close[1]]);
  expect(Array.from(laid.bid.low.slice(2))).toEqual([low[0], low[1], close[1], close[1]]);
  expect(Array.from(laid.ask!.open.slice(3))).toEqual([
    late.ask!.open[1],
    late.ask!.close[1],
    late.ask!.close[1],
  ]);
  expect(Array.from(laid.volume!)).toEqual([0, 0, late.volume![0], late.volume![1], 0, 0]);
});
