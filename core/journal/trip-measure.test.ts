import { expect, it } from 'vitest';
import { makeBars } from '../market/made-bars.ts';
import { madeDeal } from './made-deals.ts';
import { roundTripsOf } from './round-trips.ts';
import { measureOf, seriesOver } from './trip-measure.ts';

const minute = 60_000;
const base = Date.UTC(2024, 4, 6, 10);

/** Flat at 1.10000 but for what is said: minutes from ten o'clock on, low and high in points. */
function market(spans: Readonly<Record<number, readonly [number, number]>>) {
  const bars = makeBars({ count: 100, seed: 1, firstMs: base, stepMs: minute });
  for (let i = 0; i < bars.length; i++) {
    const [low, high] = spans[i] ?? [110_000, 110_000];
    bars.bid.low[i] = low;
    bars.bid.high[i] = high;
    bars.bid.open[i] = bars.bid.close[i] = low;
  }
  return bars;
}
const tripOf = (exit: number | null) =>
  roundTripsOf([
    madeDeal({ deal: '1', position: '1', symbol: 'EURUSD.r', atMs: base, price: 1.1 }),
    ...(exit === null
      ? []
      : [
          madeDeal({
            ...{ deal: '2', position: '1', symbol: 'EURUSD.r', kind: 'sell', entry: 'out' },
            ...{ atMs: base + 10 * minute, price: exit, profit: 40 },
          }),
        ]),
  ]).trips[0]!;

it('tells how far it went both ways, what was kept of the best, and what later exits brought', () => {
  const bars = market({ 2: [109_700, 110_100], 5: [110_000, 110_800], 15: [111_000, 111_000] });
  const measure = measureOf(tripOf(1.104), bars, 'M1')!;
  expect(measure).toMatchObject({ timeframe: 'M1', bars: 10, bestMs: base + 5 * minute });
  expect(measure.mae).toBeCloseTo(0.003, 8);
  expect(measure.mfe).toBeCloseTo(0.008, 8);
  expect(measure.kept).toBeCloseTo(0.5, 8);
  expect(measure.worth).toBeCloseTo(10_000, 4);
  expect(measure.later.map(({ afterMs }) => afterMs / minute)).toEqual([5, 15, 60]);
  expect(measure.later[0]!.gain).toBeCloseTo(0.006, 8);
  expect(measure.tooCoarse).toEqual([]);
  expect(measureOf(tripOf(null), bars, 'M1')).toBeNull();
});

it('tells money of a scratch by what others lend it, and says for what its bars are too coarse', () => {
  const scratch = { ...tripOf(1.1), gross: 0 };
  const minutes = market({ 2: [109_700, 110_100] });
  expect(measureOf(scratch, minutes, 'M1')?.worth).toBeNull();
  expect(measureOf({ ...scratch, lentWorth: 5_000 }, minutes, 'M1')?.worth).toBe(5_000);
  const hours = makeBars({ count: 100, seed: 1, firstMs: base - 60 * minute, stepMs: 60 * minute });
  const measure = measureOf(scratch, hours, 'H1')!;
  expect(measure.tooCoarse.map((ms) => ms / minute)).toEqual([5, 15, 60]);
  expect(measure.later.map(({ afterMs }) => afterMs / minute)).toEqual([240, 1440]);
});

it('takes the finest bars that reach over it, its own symbol before one spelt otherwise', () => {
  const series = (symbol: string, timeframe: string, minutes = 100) => ({
    ...{ id: `${symbol}.${timeframe}`, symbol, timeframe, firstMs: base },
    lastMs: base + minutes * minute,
  });
  const trip = tripOf(1.104);
  const chosen = (...all: readonly ReturnType<typeof series>[]) => seriesOver(trip, all)?.id;
  const [own, plain] = [series('EURUSD.r', 'H1'), series('EURUSD', 'M1')];
  expect(chosen(plain, own)).toBe('EURUSD.r.H1');
  expect(chosen(series('eurusd', 'M5'), plain)).toBe('EURUSD.M1');
  expect(chosen(series('EURUSD', 'M1', 5), series('EURUSD', 'ticks'))).toBeUndefined();
  expect(chosen(series('EURGBP', 'M1'))).toBeUndefined();
  expect(seriesOver(tripOf(null), [plain])).toBeNull();
});

it('is not measured by what only begins with the same name', () => {
  const series = (symbol: string) => ({
    ...{ id: symbol, symbol, timeframe: 'M1', firstMs: base, lastMs: base + 100 * minute },
  });
  const chosen = (symbol: string, other: string) =>
    seriesOver({ ...tripOf(1.104), symbol }, [series(other)])?.id;
  expect(chosen('BRK.B', 'BRK.A')).toBeUndefined();
  expect(chosen('.DE40', '.US500')).toBeUndefined();
  expect(chosen('.DE40', '.de40')).toBe('.de40');
  expect(chosen('XAUUSD', 'XAUUSD.pro')).toBe('XAUUSD.pro');
});
