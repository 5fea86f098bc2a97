/** What must hold of the orders of any rules on any bars. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { orderRuleText } from '../../tests/fuzz/rule-text.ts';
import type { Distance, OrderPlan } from '../execution/order-plan.ts';
import type { Signals } from '../execution/signals.ts';
import { sliceBars, type Bars } from '../market/bars.ts';
import { makeBars } from '../market/made-bars.ts';
import { compileRules } from './compile.ts';
import { evaluateRules } from './evaluate.ts';

const bars = fc.record({ seed: fc.nat(), count: fc.integer({ min: 3, max: 150 }) }).map(makeBars);

function evaluate(source: string, on: Bars): Signals {
  const { program, problems } = compileRules(source);
  expect(problems.filter((one) => one.severity === 'error')).toStrictEqual([]);
  const work = evaluateRules(program!, on, {});
  let step = work.next();
  while (!step.done) step = work.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return step.value.value;
}

function distances(plan: OrderPlan): readonly Distance[] {
  const { trailing, breakEven, partials } = plan;
  const all = [
    ...[trailing?.distance, trailing?.activation, trailing?.lock],
    ...[breakEven?.activation, breakEven?.lock],
    ...partials.map((one) => one.at),
  ];
  return all.filter((one) => one !== null && one !== undefined);
}

/** Every column cut to its first bars, in whatever it is nested. */
function cut(value: unknown, to: number): unknown {
  if (value instanceof Float64Array || value instanceof Uint8Array) return value.slice(0, to);
  if (value instanceof Int8Array) return value.slice(0, to);
  if (Array.isArray(value)) return value.map((one) => cut(one, to));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, cut(one, to)]));
}

describe('any orders', () => {
  it('say the same of a bar whether or not the future is known', () => {
    fc.assert(
      fc.property(orderRuleText, bars, fc.nat(), (source, on, at) => {
        const to = at % (on.length + 1);
        const { warmupBars, ...whole } = evaluate(source, on);
        const part = evaluate(source, sliceBars(on, 0, to));
        expect(part).toStrictEqual({
          ...(cut(whole, to) as object),
          length: to,
          warmupBars: Math.min(warmupBars, to),
        });
      }),
      { numRuns: 200 },
    );
  });

  it('are silent during the warm-up, and stand above nothing after it', () => {
    let plans = 0;
    fc.assert(
      fc.property(orderRuleText, bars, (source, on) => {
        const { plan, warmupBars, entry } = evaluate(source, on);
        if (!plan) return;
        plans++;
        const silent = Math.min(on.length, warmupBars + 1);
        for (const holds of plan.holds) {
          expect(holds.subarray(0, silent).every((one) => one === 0)).toBe(true);
        }
        entry.forEach((side, i) => {
          const first = plan.rules.find((_rule, rule) => plan.holds[rule]![i] === 1);
          expect(side).toBe(first?.side ?? 0);
        });
        for (const one of distances(plan)) {
          if (one.kind === 'r') expect(one.multiple).toBeGreaterThan(0);
          else expect(one.distance.subarray(silent).every((value) => value > 0)).toBe(true);
        }
        if (plan.sizing.kind !== 'equityColumn') return;
        const { fraction } = plan.sizing;
        const inRange = (value: number) => value > 0 && value <= 1;
        expect(fraction.subarray(silent).every(inRange)).toBe(true);
      }),
      { numRuns: 200 },
    );
    expect(plans).toBeGreaterThan(100);
  });
});
