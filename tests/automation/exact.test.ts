/** A bot on an `exact` paper account and the same strategy in the engine: the same round trips. */
import { expect, test } from 'vitest';
import { defaultSettings, type RunSettings } from '#core/execution/settings.ts';
import { makeBars } from '#core/market/made-bars.ts';
import { isOnGrid } from '#core/risk/grid.ts';
import { play } from './paper-bot.ts';
import { told } from './told-trip.ts';

const settings: RunSettings = { ...defaultSettings, cash: 10_000, margin: 0.01 };

interface Case {
  readonly source: string;
  readonly change?: Partial<RunSettings>;
  readonly mode?: 'netting';
}

/** Turns round wherever one line crosses the other. */
const crosses = (fast: string, slow: string) => `let a = ${fast}
let b = ${slow}
enter long when crosses_above(a, b)
enter short when crosses_below(a, b)`;

const extremes = `enter long when rsi(close, 3) < 25
enter short when rsi(close, 3) > 75`;

const cases: Readonly<Record<string, Case>> = {
  'a cross that turns round': {
    source: `
${crosses('sma(close, 10)', 'sma(close, 30)')}
stop 1% of close
size 50% of equity
`,
  },
  'stops and targets in ATR, sized by risk': {
    source: `
let m = macd(close, 12, 26, 9)
enter long when crosses_above(m.line, m.signal)
enter short when crosses_below(m.line, m.signal)
stop 2 * atr(14)
target 3 * atr(14)
size risk 1%
`,
  },
  'exits by rule, short alone, filled at the close': {
    change: { sides: 'short', fill: 'close' },
    source: `
enter short when rsi(close, 3) > 60
enter long when rsi(close, 3) < 30
exit short when rsi(close, 3) < 45
stop 1.5 * atr(14)
size 3 lots
`,
  },
  'an entry that closes whatever is open': {
    change: { exclusive: true },
    source: `
${extremes}
size 2 lots
`,
  },
  'a net that is taken from': {
    mode: 'netting',
    change: { positions: 'netting' },
    source: `
${extremes}
exit long when rsi(close, 14) > 60
size 1 lots
`,
  },
  'two stop orders of which one cancels the other': {
    source: `
let top = highest(high, 20)
let bottom = lowest(low, 20)
enter long stop at top for 3 bars when rsi(close, 14) > 45
enter short stop at bottom for 3 bars when rsi(close, 14) < 55
one cancels other
exit after 12 bars
stop 2 * atr(14)
size 1 lots
`,
  },
  'limit orders below and above, several at once': {
    change: { positions: 'hedging' },
    source: `
enter long limit at close - atr(14) for 5 bars when close > sma(close, 50)
enter short limit at close + atr(14) for 5 bars when close < sma(close, 50)
positions 3
exit after 30 bars
target 2 R
stop 2 * atr(14)
size 0.5 lots
`,
  },
  'limit orders that lapse after two bars': {
    source: `
let a = sma(close, 5)
enter long limit at close - 0.7 * atr(5) for 2 bars when crosses_above(close, a)
exit after 4 bars
size 1 lots
`,
  },
  'a stop that trails from the entry on': {
    source: `
${crosses('sma(close, 5)', 'sma(close, 20)')}
trail 2 * atr(14)
size 1 lots
`,
  },
  'a stop that trails after 1 R, break-even, and two parts': {
    source: `
${crosses('sma(close, 5)', 'sma(close, 20)')}
stop 2 * atr(14)
trail 1.5 R after 1 R lock 0.2 R
breakeven after 0.7 R lock 3 pips
take 30% at 0.8 R
take 30% at 1.6 R
size risk 1%
`,
  },
  'the same filled at the close, of limit orders, several at once': {
    change: { fill: 'close', positions: 'hedging' },
    source: `
enter long limit at close - atr(14) for 5 bars when close > sma(close, 50)
enter short when rsi(close, 3) > 80
positions 3
exit after 40 bars
exit long when rsi(close, 3) > 90
stop 2 * atr(14)
trail 2 * atr(14) after 10 pips
take 50% at 1 R
size 0.5 lots
`,
  },
  'a net that is turned round, its stop moved and parts taken of it': {
    mode: 'netting',
    change: { positions: 'netting' },
    source: `
${extremes}
stop 3 * atr(14)
trail 2 * atr(14) after 1 * atr(14)
breakeven after 0.5 R
take 50% at 0.7 R
size 1 lots
`,
  },
  'a net that is added to twice at most': {
    mode: 'netting',
    change: { positions: 'netting' },
    source: `
${extremes}
exit long when rsi(close, 14) > 60
exit short when rsi(close, 14) < 40
positions 3
size 1 lots
`,
  },
  'a part of Kelly of the last trips': {
    source: `
${crosses('ema(close, 5)', 'ema(close, 20)')}
stop 3 * atr(14)
size kelly 50% over 10 trips else 20%
`,
  },
};

const tickSize = 0.00005;
const stopsLevelPoints = 60;

test.each([
  'stops and targets in ATR, sized by risk',
  'two stop orders of which one cancels the other',
  'limit orders below and above, several at once',
  'a stop that trails from the entry on',
  'a stop that trails after 1 R, break-even, and two parts',
])('%s: on a coarse grid and far from the price, the same as well', (name) => {
  const { source, change } = cases[name]!;
  const bars = makeBars({ count: 700, seed: 7 });
  const levels = { tickSize, stopsLevelPoints };
  const played = play({ bars, source, settings: { ...settings, ...change }, levels });
  expect(played.refused).toEqual([]);
  expect(played.levels.filter((level) => !isOnGrid(level, tickSize))).toEqual([]);
  expect(played.simulated.length).toBeGreaterThan(5);
  expect(played.live.map(told)).toEqual(played.simulated.map(told));
  const free = play({ bars, source, settings: { ...settings, ...change } });
  expect(free.live.map(told)).not.toEqual(played.live.map(told));
});

for (const [name, { source, change, mode }] of Object.entries(cases)) {
  test(`${name}: every trip is the same`, () => {
    const bars = makeBars({ count: 700, seed: 7 });
    const made = { bars, source, settings: { ...settings, ...change }, ...(mode && { mode }) };
    const { live, simulated, refused } = play(made);
    expect(refused).toEqual([]);
    expect(simulated.length).toBeGreaterThan(5);
    expect(live.map(told)).toEqual(simulated.map(told));
  });
}
