/** Random rule texts that compile: entries, exits, levels and sizes of all kinds. */
import fc from 'fast-check';

const period = fc.integer({ min: 2, max: 12 });

const series: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom('open', 'high', 'low', 'close', 'close[1]', 'hl2'),
  fc
    .tuple(fc.constantFrom('sma', 'ema', 'rma', 'wma'), period)
    .map(([name, n]) => `${name}(close, ${n})`),
  fc.tuple(fc.constantFrom('highest', 'lowest'), period).map(([name, n]) => `${name}(close, ${n})`),
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
);

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
      ...rules.entries,
      ...rules.exits,
      `stop ${rules.stop}`,
      ...(rules.target === null ? [] : [`target ${rules.target}`]),
      `size ${rules.size}`,
    ].join('\n'),
  );
