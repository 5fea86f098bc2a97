/** Bars that crossed the wire. */
import { expect, test } from 'vitest';
import { prices } from './bars.ts';
import { noBars, toBars, type WireBars } from './wire-bars.ts';

const wire: WireBars = {
  timesMs: [0, 60_000],
  open: [1.1, 1.10001],
  high: [1.2, 1.2],
  low: [1, 1.1],
  close: [1.10001, 1.15],
  volume: [3, 0],
  digits: 5,
  isLastOpen: true,
};

test('are the very prices that were sent, shown with the digits of their source', () => {
  const bars = toBars({ ...wire, digits: 6 });
  expect(bars.length).toBe(2);
  expect(bars.digits).toBe(6);
  expect([...prices(bars.bid, 'close', bars.scale)]).toEqual(wire.close);
  expect([...(bars.volume ?? [])]).toEqual([3, 0]);
  expect(bars.ask).toBeNull();
});

test('may be none, and may have no volume', () => {
  expect(toBars(noBars)).toMatchObject({ length: 0, volume: null });
});
