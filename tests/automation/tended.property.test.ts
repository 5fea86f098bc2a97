/**
 * Whatever rules move stops and take parts: a bot on an `exact` paper account makes the round trips
 * of the strategy in the engine, each at the same price for the same money.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BotTrip } from '#core/automation/bot-book.ts';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { play } from './paper-bot.ts';
import { told } from './told-trip.ts';

const reach = fc.oneof(
  fc.integer({ min: 2, max: 30 }).map((tenths) => `${tenths / 10} * atr(14)`),
  fc.integer({ min: 2, max: 25 }).map((tenths) => `${tenths / 10} R`),
  fc.integer({ min: 2, max: 30 }).map((pips) => `${pips} pips`),
);
/** Nothing, or the words before it and the distance. */
const maybe = (words: string) =>
  fc.option(
    reach.map((text) => ` ${words} ${text}`),
    { nil: '' },
  );

const trail = fc
  .tuple(reach, maybe('after'), maybe('lock'))
  .map((parts) => `trail ${parts.join('')}`);
const breakEven = fc
  .tuple(reach, maybe('lock'))
  .map((parts) => `breakeven after ${parts.join('')}`);
const take = fc
  .tuple(fc.constantFrom(20, 30, 50, 55), reach)
  .map(([part, text]) => `take ${part}% at ${text}`);

/** A pending order that turns a position round is one of the five cases that cannot be the same. */
const entries = fc.constantFrom(
  `enter long when crosses_above(sma(close, 3), sma(close, 9))
enter short when crosses_below(sma(close, 3), sma(close, 9))`,
  `enter long limit at close - 0.5 * atr(14) for 4 bars when rsi(close, 3) < 40
exit long when rsi(close, 3) > 85`,
  `enter long stop at highest(high, 8) for 3 bars when close > sma(close, 20)
exit long when rsi(close, 3) > 90
exit after 25 bars`,
);

const strategy = fc
  .tuple(
    entries,
    fc.constantFrom('stop 2 * atr(14)', 'stop 20 pips', ''),
    fc.option(trail, { nil: '' }),
    fc.option(breakEven, { nil: '' }),
    fc.array(take, { maxLength: 1 }),
    fc.constantFrom('size 1 lots', 'size 0.07 lots', 'size 40% of equity'),
  )
  .map(([rules, stop, trailing, even, parts, size]) => {
    // Sized when it is placed, and by a backtest when it fills: another of the five cases.
    const lots = / (limit|stop) at /.test(rules) ? size.replace('40% of equity', '0.6 lots') : size;
    const lines = [rules, stop, trailing, even, ...parts, lots].filter((line) => line !== '');
    // R is the way to a stop.
    return stop ? lines.join('\n') : lines.join('\n').replaceAll(' R', ' * atr(14)');
  });

const settings = fc.record({
  fill: fc.constantFrom<RunSettings['fill']>('nextOpen', 'close'),
  positions: fc.constantFrom<RunSettings['positions']>('single', 'hedging', 'netting'),
  seed: fc.integer({ min: 1, max: 1_000 }),
  levels: fc.constantFrom({}, { levels: { tickSize: 0.00005, stopsLevelPoints: 40 } }),
});

test('a bot whose stops move and whose parts are taken makes the trips of its backtest', () => {
  let trips = 0;
  fc.assert(
    fc.property(strategy, settings, (source, { fill, positions: asked, seed, levels }) => {
      // A pending order that fills at the price at which a net is closed joins it: the last case.
      const positions = / (limit|stop) at /.test(source) && asked === 'netting' ? 'hedging' : asked;
      const bars = makeBars({ count: 220, seed });
      const lastMs = bars.timesMs[bars.length - 1]!;
      const { live, simulated, refused } = play({
        ...{ bars, source, ...levels },
        settings: { ...defaultSettings, cash: 10_000, margin: 0.01, fill, positions },
        ...(positions === 'netting' && { mode: 'netting' }),
      });
      trips += simulated.length;
      expect(refused).toEqual([]);
      // What fills at the close of the very last bar a backtest fills once there is another.
      const whole = (trips: readonly BotTrip[]) =>
        trips.map(told).filter(({ exitMs }) => exitMs < lastMs);
      expect(whole(live)).toEqual(whole(simulated));
    }),
    { numRuns: Number(process.env['OFFING_RUNS'] ?? 12) },
  );
  expect(trips).toBeGreaterThan(0);
});
