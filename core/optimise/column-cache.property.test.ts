/** Keeping columns is seen in nothing but speed: signals with and without are the same. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Signals } from '../execution/signals.ts';
import { makeBars } from '../market/made-bars.ts';
import { compileRules } from '../rules/compile.ts';
import type { ColumnMemory } from '../rules/compute-columns.ts';
import { evaluateRules } from '../rules/evaluate.ts';
import { columnCache } from './column-cache.ts';

const bars = makeBars({ count: 300, seed: 4 });
const program = compileRules(`input fast = 3 from 1 to 9
input slow = 8 from 2 to 20
input ago = 1 from 0 to 5
input room = 2 from 1 to 5
let band = bollinger(close, slow, room)
let calm = sma(close, slow)[ago]
enter long when crosses_above(sma(close, fast), calm) and close < band.upper
enter short when abs(close - calm) > room * atr(5) or rsi(close, fast + 1) > 10 * room + 50
exit when close < band.lower
stop long room * atr(slow)
stop short room%
target long close + 2 * room
`).program;

function signals(inputs: Record<string, number>, memory?: ColumnMemory): Signals {
  const steps = evaluateRules(program!, bars, inputs, memory);
  for (;;) {
    const step = steps.next();
    if (!step.done) continue;
    if (!step.value.ok) throw new Error(step.value.error.detail);
    return step.value.value;
  }
}

const inputs = fc.record({
  fast: fc.integer({ min: 1, max: 9 }),
  slow: fc.integer({ min: 2, max: 20 }),
  ago: fc.integer({ min: 0, max: 5 }),
  room: fc.integer({ min: 1, max: 5 }),
});
const varied = fc.subarray(['fast', 'slow', 'ago', 'room'], { minLength: 1 });

test.each([1e9, 20_000, 0])('gives the same signals with room for %d bytes', (mostBytes) => {
  fc.assert(
    fc.property(fc.array(inputs, { minLength: 2, maxLength: 12 }), varied, (trials, names) => {
      const memory = columnCache(program!, { varied: names, mostBytes });
      const [still] = trials;
      for (const trial of trials) {
        const moved = Object.fromEntries(names.map((name) => [name, trial[name as 'fast']]));
        const values = { ...still!, ...moved };
        expect(signals(values, memory)).toEqual(signals(values));
      }
    }),
    { numRuns: 60 },
  );
});
