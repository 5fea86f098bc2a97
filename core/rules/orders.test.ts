/** Orders, positions and sizes beyond one market entry with one stop and one target. */
import { describe, expect, it } from 'vitest';
import type { Bars } from '../market/bars.ts';
import { columnCache } from '../optimise/column-cache.ts';
import { compileRules } from './compile.ts';
import { evaluateRules } from './evaluate.ts';

const DAY_MS = 86_400_000;

function days(closes: readonly number[]): Bars {
  const points = Int32Array.from(closes, (close) => Math.round(close * 100));
  return {
    length: closes.length,
    timesMs: Float64Array.from(closes, (_, i) => i * DAY_MS),
    scale: 100,
    digits: 2,
    bid: { open: points, high: points, low: points, close: points },
    ask: null,
    volume: null,
    spreadPoints: null,
  };
}

function signals(source: string, bars = days([10, 20, 30, 40])) {
  const { program, problems } = compileRules(source);
  expect(problems).toStrictEqual([]);
  const work = evaluateRules(program!, bars, {});
  let step = work.next();
  while (!step.done) step = work.next();
  if (!step.value.ok) throw new Error(step.value.error.detail);
  return step.value.value;
}

const entry = 'enter long when close > 15';
const planOf = (source: string) => signals(source).plan!;
const price = (...values: readonly number[]) => ({
  kind: 'price',
  distance: Float64Array.from(values),
});
const always = { kind: 'market' };

describe('a text that needs no plan', () => {
  it.each([
    entry,
    `${entry}\nstop 5%\ntarget 10%\nsize risk 1%\nexit when close < 3`,
    `${entry}\nenter short when close < close[1]\nsize 2 lots\nstop at 3`,
  ])('has none: %s', (source) => {
    expect('plan' in signals(source)).toBe(false);
  });
});

describe('entries that wait', () => {
  it('stand in the order of the text, with their price on each bar', () => {
    const plan = planOf(
      `enter long stop at close + 1 for 3 bars when close > 15
      enter short limit at 99 when close > 25
      enter long stop at close limit at close + 2 when close > 35
      enter short when close > 100`,
    );
    expect(plan.rules).toStrictEqual([
      {
        side: 1,
        order: { kind: 'stop', price: Float64Array.of(11, 21, 31, 41), expiryBars: 3 },
      },
      { side: -1, order: { kind: 'limit', price: Float64Array.of(99, 99, 99, 99), expiryBars: 1 } },
      {
        side: 1,
        order: {
          kind: 'stopLimit',
          price: Float64Array.of(10, 20, 30, 40),
          limit: Float64Array.of(12, 22, 32, 42),
          expiryBars: 1,
        },
      },
      { side: -1, order: always },
    ]);
    expect(plan.holds.map((column) => Array.from(column))).toStrictEqual([
      [0, 1, 1, 1],
      [0, 0, 1, 1],
      [0, 0, 0, 1],
      [0, 0, 0, 0],
    ]);
  });

  it('say nothing during the warm-up', () => {
    const plan = planOf('enter long stop at close[2] when close > 1');
    expect(Array.from(plan.holds[0]!)).toStrictEqual([0, 0, 0, 1]);
  });

  it('have their stop and target measured from the price they wait for', () => {
    const source = `enter long stop at close + 5 when close < 25
      enter long when close > 25
      enter short limit at 50 when close > 15
      stop 1
      target 10%`;
    const { stop, target } = signals(source);
    expect(Array.from(stop!.long).slice(1)).toStrictEqual([24, 29, 39]);
    expect(Array.from(stop!.short).slice(1)).toStrictEqual([51, 51, 51]);
    expect(target!.long[1]).toBeCloseTo(27.5, 12);
    expect(target!.short[3]).toBeCloseTo(45, 12);
  });

  it('of one side have each their own, measured from their own price', () => {
    const { plan } = signals(
      `enter long limit at close - 1 when close > 15
      enter long limit at close - 2 when close > 15
      enter short when close > 15
      enter long when close > 35
      stop 3
      target 10%
      positions 3`,
    );
    const [first, second, short, market] = plan!.rules;
    expect(first!.stop![1]).toBe(16);
    expect(second!.stop![1]).toBe(15);
    expect(first!.target![1]).toBeCloseTo(20.9, 9);
    expect(second!.target![1]).toBeCloseTo(19.8, 9);
    expect(market!.stop![3]).toBe(37);
    expect(short!.stop).toBeUndefined();
  });

  it('of a stop-limit order are measured from its limit', () => {
    const source = 'enter short stop at 9 limit at 8 when close > 15\nstop 2';
    expect(Array.from(signals(source).stop!.short).slice(1)).toStrictEqual([10, 10, 10]);
  });

  it('may cancel each other', () => {
    const source = 'enter long stop at high when close > 15\none cancels other';
    expect(planOf(source).oneCancelsOther).toBe(true);
    expect(planOf(source.split('\n')[0]!).oneCancelsOther).toBe(false);
  });
});

describe('an open position', () => {
  it.each([
    ['trail 3', { distance: price(3, 3, 3, 3), activation: null, lock: null }],
    ['trail 10% of close', { distance: price(1, 2, 3, 4), activation: null, lock: null }],
    ['trail 50 points', { distance: price(0.5, 0.5, 0.5, 0.5), activation: null, lock: null }],
    [
      'trail 2 pips after 5 lock 1',
      {
        distance: price(0.02, 0.02, 0.02, 0.02),
        activation: price(5, 5, 5, 5),
        lock: price(1, 1, 1, 1),
      },
    ],
    ['trail close - 20', { distance: price(NaN, NaN, 10, 20), activation: null, lock: null }],
    [
      'trail 1 R after 2 R lock 0.5 R\nstop 1',
      {
        distance: { kind: 'r', multiple: 1 },
        activation: { kind: 'r', multiple: 2 },
        lock: { kind: 'r', multiple: 0.5 },
      },
    ],
  ])('%s', (line, expected) => {
    expect(planOf(`${entry}\n${line}`).trailing).toStrictEqual(expected);
  });

  it('may have its stop moved onto the entry', () => {
    expect(planOf(`${entry}\nstop 5\nbreakeven after 1 R lock 2`).breakEven).toStrictEqual({
      activation: { kind: 'r', multiple: 1 },
      lock: price(2, 2, 2, 2),
    });
    expect(planOf(`${entry}\nbreakeven after 3`).breakEven!.lock).toBeNull();
  });

  it('may be closed in parts', () => {
    expect(planOf(`${entry}\nstop 5\ntake 50% at 1 R\ntake 25% at 3`).partials).toStrictEqual([
      { fraction: 0.5, at: { kind: 'r', multiple: 1 } },
      { fraction: 0.25, at: price(3, 3, 3, 3) },
    ]);
  });

  it('may have a target in R, closes after some bars, is one of several', () => {
    const plan = planOf(`${entry}\nstop 5\ntarget 2 R\nexit after 20 bars\npositions 3`);
    expect([plan.targetR, plan.exitAfterBars, plan.maxPositions]).toStrictEqual([2, 20, 3]);
    const { targetR, exitAfterBars, maxPositions } = planOf(`${entry}\ntrail 3`);
    expect([targetR, exitAfterBars, maxPositions]).toStrictEqual([null, null, 1]);
  });

  it('takes numbers from inputs', () => {
    const source = `input n = 4\ninput part = 30%\n${entry}\nexit after n bars\ntake part at n * 2`;
    const plan = planOf(source);
    expect([plan.exitAfterBars, plan.partials[0]!.fraction]).toStrictEqual([4, 0.3]);
    expect(compileRules(source).program!.inputs[0]).toMatchObject({ integer: true });
  });
});

describe('a size that varies', () => {
  it('by volatility divides what is wanted by that of the last bars', () => {
    // Returns of ± ln 1.1 in turn: their sample deviation over two is √2 ln 1.1.
    const bars = days([100, 110, 100, 110, 100, 110]);
    const { sizing, plan, warmupBars } = signals(`${entry}\nsize volatility 10% over 2 bars`, bars);
    expect(warmupBars).toBe(2);
    expect(sizing).toStrictEqual({ kind: 'equity', fraction: 1 });
    const perBar = Math.SQRT2 * Math.log(1.1);
    const fraction = plan!.sizing.kind === 'equityColumn' ? plan!.sizing.fraction : null;
    expect(fraction![5]).toBeCloseTo(0.1 / (perBar * Math.sqrt(365.25)), 12);
  });

  it('by volatility is all equity at most', () => {
    const { plan } = signals(`${entry}\nsize volatility 10% over 2 bars`, days([20, 20, 20, 20]));
    expect(plan!.sizing).toMatchObject({ fraction: Float64Array.of(NaN, NaN, 1, 1) });
  });

  it.each([
    ['size kelly 50%', { kind: 'kelly', part: 0.5, trips: 50, otherwise: 0.1 }],
    [
      'size kelly 25% over 30 trips else 2%',
      { kind: 'kelly', part: 0.25, trips: 30, otherwise: 0.02 },
    ],
  ])('%s', (line, expected) => {
    expect(planOf(`${entry}\n${line}`).sizing).toStrictEqual(expected);
  });

  it('leaves other sizes as they are beside a plan', () => {
    expect(planOf(`${entry}\ntrail 3\nsize 2 lots`).sizing).toStrictEqual({
      kind: 'lots',
      lots: 2,
    });
  });
});

it('is the same where columns are kept from one trial to the next', () => {
  const source = `input n = 2
    input far = 4
    enter long stop at close + n when close > sma(close, far)
    enter short limit at close - far when (close < close[1]) on W1
    stop n
    target far
    trail n * abs(close - open[1]) after far`;
  const { program } = compileRules(source);
  const bars = days(Array.from({ length: 60 }, (_, i) => 50 + 20 * Math.sin(i)));
  const memory = columnCache(program!, { varied: ['n', 'far'], mostBytes: 1e6 });
  const run = (inputs: Record<string, number>, kept?: typeof memory) => {
    const work = evaluateRules(program!, bars, inputs, kept);
    let step = work.next();
    while (!step.done) step = work.next();
    return step.value;
  };
  for (const inputs of [
    { n: 2, far: 4 },
    { n: 3, far: 4 },
    { n: 3, far: 5 },
    { n: 2, far: 4 },
  ]) {
    expect(run(inputs, memory)).toStrictEqual(run(inputs));
  }
});

describe('a mistake', () => {
  it.each([
    ['enter long stop close when close > 1', 'comes at', 'stop'],
    ['enter long stop at close', 'when and a condition', 'close'],
    ['enter long stop at close when', 'After when', 'when'],
    ['enter long limit at close for 3 when close > 1', 'word bars', '3'],
    ['enter long stop at close for n bars when close >', 'missing after >', '>'],
    ['enter long limit at close > 3 when close > 1', 'this is a condition', 'close > 3'],
    ['enter long stop at close for 0 bars when close > 1', 'at least 1', '0'],
    ['enter long stop at close for high bars when close > 1', 'must not change', 'high'],
    [`${entry}\nexit after 20`, 'word bars', '20'],
    [`${entry}\nexit after 2.5 bars`, 'whole number', '2.5'],
    [`${entry}\nexit long after 20 bars`, 'either side', 'exit long after 20 bars'],
    [`${entry}\nexit after 20 bars\nexit after 30 bars`, 'already', 'exit after 30 bars'],
    [`${entry}\ntrail 1 R`, 'R needs a stop', '1 R'],
    [`${entry}\ntarget 2 R`, 'R needs a stop', 'target 2 R'],
    [`${entry}\nstop 1 R`, 'stop itself', 'stop 1 R'],
    [`${entry}\nstop 1\ntarget long 2 R`, 'both sides', 'target long 2 R'],
    [`${entry}\nstop 1\ntarget 2 R\ntarget 3`, 'already', 'target 3'],
    [`${entry}\nstop 1\ntarget 3\ntarget 2 R`, 'already', 'target 2 R'],
    [`${entry}\nstop 1\ntrail close R`, 'must not change', 'close'],
    [`${entry}\ntrail 0`, 'above 0', '0'],
    [`${entry}\ntrail 1\ntrail 2`, 'already', 'trail 2'],
    [`${entry}\nbreakeven after close > 3`, 'this is a condition', 'close > 3'],
    [`${entry}\ntake 50 at 3`, 'is a percentage', '50'],
    [`${entry}\ntake 150% at 3`, 'at most 100%', '150%'],
    [`${entry}\ntake 60% at 3\ntake 50% at 4`, 'sum of the parts', 'take 50% at 4'],
    [`${entry}\npositions 0`, 'at least 1', '0'],
    [`${entry}\npositions 2\npositions 3`, 'already', 'positions 3'],
    [`${entry}\nsize volatility 10`, 'percentage of a year', '10'],
    [`${entry}\nsize volatility 10% over 20 trips`, 'over bars', 'over 20 trips'],
    [`${entry}\nsize volatility 10% over 1 bar`, 'at least 2', '1'],
    [`${entry}\nsize kelly 50% over 20 bars`, 'over trips', 'over 20 bars'],
    [`${entry}\nsize kelly 150%`, 'at most 100%', '150%'],
    [`${entry}\nsize kelly 50%\nsize 1 lot`, 'set already', 'size 1 lot'],
    ['enter long stop at zigzag(5) when close > 1', 'repaints', 'zigzag(5)'],
    [`${entry}\ntrail abs(close - zigzag(5))`, 'repaints', 'zigzag(5)'],
    [`${entry}\ntrailing 3`, 'A rule begins with', 'trailing'],
    [`${entry}\none cancels`, 'missing after cancels', 'cancels'],
  ])('%s is explained', (source, reason, text) => {
    const errors = compileRules(source).problems.filter((one) => one.severity === 'error');
    expect(errors.map((one) => one.reason)).toStrictEqual([expect.stringContaining(reason)]);
    expect(source.slice(errors[0]!.from, errors[0]!.to)).toBe(text);
  });

  it('of nothing to cancel is a warning', () => {
    const { program, problems } = compileRules(`${entry}\none cancels other`);
    expect(program).not.toBeNull();
    expect(problems.map((one) => one.severity)).toStrictEqual(['warning']);
  });

  it('leaves the new words free as names', () => {
    const words = ['trail', 'take', 'limit', 'bars', 'after', 'lock', 'r', 'kelly', 'over', 'one'];
    const source = `${words.map((word, i) => `input ${word} = ${i + 1}`).join('\n')}
      enter long when close > ${words.join(' + ')}`;
    expect(compileRules(source).problems).toStrictEqual([]);
  });
});
