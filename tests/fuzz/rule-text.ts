/** Random rule texts that compile: entries, exits, levels and sizes of all kinds. */
import fc from 'fast-check';

const period = fc.integer({ min: 2, max: 12 });

const series: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('open', 'high', 'low', 'close', 'close[1]', 'hl2'),
  fc
    .tuple(fc.constantFrom('sma', 'ema', 'rma', 'wma'), period)
    .map(([name, n]) => `${name}(close, ${n})`),
  fc.tuple(fc.constantFrom('highest', 'lowest'), period).map(([name, n]) => `${name}(close, ${n})`),
  fc
    .tuple(
      fc.constantFrom('sma(close, 2)', 'high', 'low[1]'),
      fc.constantFrom('H2', 'H4', 'D1', 'D1 in "America/New_York+07:00"'),
    )
    .map(([of, frame]) => `(${of} on ${frame})`),
  fc.tuple(period, period).map(([a, b]) => `max_of(sma(close, n) for n in [${a}, ${b}])`),
  fc.constantFrom(
    'session_high("22:00-04:00", "Europe/London")',
    'highest_since(hour == 0, high)',
    'value_when(close > open, close)',
    'middle(close, 3)',
  ),
);

const condition: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom('crosses_above', 'crosses_below'), series, series)
    .map(([name, a, b]) => `${name}(${a}, ${b})`),
  fc
    .tuple(period, fc.constantFrom('>', '<'), fc.integer({ min: 20, max: 80 }))
    .map(([n, sign, level]) => `rsi(close, ${n}) ${sign} ${level}`),
  fc
    .tuple(series, fc.constantFrom('>', '<', '>=', '<='), series)
    .map(([a, sign, b]) => `${a} ${sign} ${b}`),
  fc.constantFrom(
    'london',
    'session("20:00-06:00", "America/New_York")',
    'weekday < 4',
    'bars_since(close > open) < 3',
    'count(close > open, 5) > 2',
    'all_of(close > close[n] for n in [1, 2])',
    'above(high, 2)',
  ),
);

/** Functions that the values above call. */
const functions = [
  'function middle(of, n = 4) = (highest(of, n) + lowest(of, n)) / 2',
  'function above(of, n) = close > middle(of, n)[1]',
];

const conditions = fc.oneof(
  condition,
  fc
    .tuple(condition, fc.constantFrom('and', 'or', 'and not'), condition)
    .map(([a, word, b]) => `${a} ${word} ${b}`),
);

const entry = fc
  .tuple(fc.constantFrom('long', 'short'), conditions)
  .map(([side, when]) => `enter ${side} when ${when}`);

const exit = fc
  .tuple(fc.constantFrom('', 'long ', 'short '), conditions)
  .map(([side, when]) => `exit ${side}when ${when}`);

const level = fc.oneof(
  fc.constantFrom('0.05%', '0.2%', '1%').map((part) => `${part} of close`),
  fc.tuple(fc.constantFrom(0.5, 1, 3), period).map(([times, n]) => `${times} * atr(${n})`),
  fc.constantFrom('10 points', '5 pips'),
);

const size = fc.constantFrom(
  '100% of equity',
  '10% of equity',
  '0.01 lots',
  '500 units',
  'risk 1%',
);

/** Always with a stop, as sizing by risk needs one. */
export const ruleText: fc.Arbitrary<string> = fc
  .record({
    entries: fc.array(entry, { minLength: 1, maxLength: 3 }),
    exits: fc.array(exit, { maxLength: 2 }),
    stop: level,
    target: fc.option(level),
    size,
  })
  .map((rules) =>
    [
      ...functions,
      ...rules.entries,
      ...rules.exits,
      `stop ${rules.stop}`,
      ...(rules.target === null ? [] : [`target ${rules.target}`]),
      `size ${rules.size}`,
    ].join('\n'),
  );

const waiting = fc
  .tuple(
    fc.constantFrom('long', 'short'),
    fc.constantFrom('stop at high', 'stop at low', 'limit at close', 'stop at high limit at low'),
    fc.constantFrom('', ' for 3 bars'),
    conditions,
  )
  .map(([side, order, bars, when]) => `enter ${side} ${order}${bars} when ${when}`);

const reach = fc.oneof(level, fc.constantFrom('0.5 R', '1 R', '2 R'));

/** With orders, and what is done with positions once they are open; always with a stop. */
export const orderRuleText: fc.Arbitrary<string> = fc
  .record({
    entries: fc.array(fc.oneof(entry, waiting), { minLength: 1, maxLength: 4 }),
    exits: fc.array(exit, { maxLength: 1 }),
    stop: level,
    target: fc.option(reach),
    trail: fc.option(fc.tuple(reach, fc.option(reach), fc.option(reach))),
    breakeven: fc.option(reach),
    takes: fc.array(reach, { maxLength: 2 }),
    bars: fc.option(fc.integer({ min: 1, max: 20 })),
    positions: fc.option(fc.integer({ min: 1, max: 3 })),
    cancels: fc.boolean(),
    size: fc.oneof(size, fc.constantFrom('volatility 15% over 10 bars', 'kelly 50% over 5 trips')),
  })
  .map(({ trail, ...rules }) => {
    const after = trail?.[1] ? ` after ${trail[1]}` : '';
    const lock = trail?.[2] ? ` lock ${trail[2]}` : '';
    return [
      ...functions,
      ...rules.entries,
      ...rules.exits,
      `stop ${rules.stop}`,
      ...(rules.target ? [`target ${rules.target}`] : []),
      ...(trail ? [`trail ${trail[0]}${after}${lock}`] : []),
      ...(rules.breakeven ? [`breakeven after ${rules.breakeven}`] : []),
      ...rules.takes.map((at) => `take 40% at ${at}`),
      ...(rules.bars ? [`exit after ${rules.bars} bars`] : []),
      ...(rules.positions ? [`positions ${rules.positions}`] : []),
      ...(rules.cancels ? ['one cancels other'] : []),
      `size ${rules.size}`,
    ].join('\n');
  });
