/** Whole runs of rules with orders: what the broker made of the past stays as it was. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { settingsArbitrary } from '../../tests/fuzz/run-case.ts';
import { orderRuleText } from '../../tests/fuzz/rule-text.ts';
import { runBroker } from '../execution/broker/broker.ts';
import type { Outcome } from '../execution/outcome.ts';
import { ruleTrader } from '../execution/rule-trader.ts';
import type { RunSettings } from '../execution/settings.ts';
import { sliceBars, type Bars } from '../market/bars.ts';
import { makeBars } from '../market/made-bars.ts';
import { compileRules } from './compile.ts';
import { evaluateRules } from './evaluate.ts';

const bars = fc
  .record({ seed: fc.nat(), count: fc.integer({ min: 20, max: 300 }), ask: fc.boolean() })
  .map(makeBars);

function toEnd<T>(steps: Generator<unknown, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

function runOf(source: string, on: Bars, settings: RunSettings): Outcome {
  const { program } = compileRules(source);
  const signals = toEnd(evaluateRules(program!, on, {}));
  if (!signals.ok) throw new Error(signals.error.detail);
  const market = { symbol: 'EURUSD', bars: on, inner: null };
  return toEnd(runBroker([market], ruleTrader([signals.value], settings), settings));
}

const tripColumns = ['entryBar', 'exitBar', 'entryPrice', 'exitPrice', 'units', 'profit'] as const;

it('changes nothing in the past when the future is cut off', () => {
  let roundTrips = 0;
  fc.assert(
    fc.property(orderRuleText, bars, settingsArbitrary, fc.nat(), (source, on, settings, cut) => {
      const open = { ...settings, closeAtEnd: false };
      const length = 1 + (cut % on.length);
      const whole = runOf(source, on, open);
      const part = runOf(source, sliceBars(on, 0, length), open);
      roundTrips += part.roundTrips.count;
      expect(part.equity).toStrictEqual(whole.equity.slice(0, length));
      for (const name of tripColumns) {
        const before = whole.roundTrips[name].slice(0, part.roundTrips.count);
        expect(part.roundTrips[name]).toStrictEqual(before);
      }
    }),
    { numRuns: 200 },
  );
  expect(roundTrips).toBeGreaterThan(200);
});
