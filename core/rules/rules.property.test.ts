/** What must hold for any text and any bars. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sliceBars, type Bars } from '../market/bars.ts';
import { compileRules } from './compile.ts';
import { evaluateRules } from './evaluate.ts';
import { functions } from './functions.ts';
import { statementForms } from './explain-beginning.ts';
import { contextualWords, reservedWords } from './keywords.ts';
import { isReplacement } from './problem.ts';

function expectSound(source: string): void {
  const { program, problems } = compileRules(source);
  expect(program === null).toBe(problems.some((one) => one.severity === 'error'));
  const lines = source.split('\n');
  for (const { from, to, line, column, reason } of problems) {
    expect(from).toBeGreaterThanOrEqual(0);
    expect(to).toBeGreaterThanOrEqual(from);
    expect(to).toBeLessThanOrEqual(source.length);
    const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
    expect(before + column - 1).toBe(from);
    expect(reason).toMatch(/[.!]$/);
  }
}

const word = fc.constantFrom(
  ...reservedWords,
  ...contextualWords,
  ...functions.map((one) => one.name),
  ...['close', 'high', 'volume', 'x', 'y', '1', '0.5', '1e9', '14', '%', '(', ')', '[', ']', ','],
  ...['H4', '"GBPUSD"', '"08:00-16:30"', 'london', 'hour'],
  ...['.', '+', '-', '*', '/', '<', '<=', '>', '==', '!=', '=', '#', '\n', '\r\n', '\t', '&&', '"'],
);
const soup = fc.array(word, { maxLength: 200 }).map((words) => words.join(' '));
const broken = fc
  .tuple(
    fc.array(fc.constantFrom(...Object.values(statementForms)), { minLength: 1, maxLength: 8 }),
    fc.array(fc.tuple(fc.nat(400), fc.nat(5), fc.string({ maxLength: 4 })), { maxLength: 5 }),
  )
  .map(([lines, cuts]) =>
    cuts.reduce(
      (text, [at, gone, added]) => text.slice(0, at) + added + text.slice(at + gone),
      lines.join('\n'),
    ),
  );

describe('any text', () => {
  it('of random characters is read without a crash', () => {
    const text = fc.oneof(
      fc.string({ maxLength: 2000 }),
      fc.string({ unit: 'binary', maxLength: 2000 }),
      fc.uint8Array({ maxLength: 2000 }).map((bytes) => String.fromCharCode(...bytes)),
    );
    fc.assert(fc.property(text, expectSound), { numRuns: 300 });
  });

  it('of random words is read without a crash', () => {
    fc.assert(fc.property(soup, expectSound), { numRuns: 500 });
  });

  it('of good rules with pieces cut out and put in is read without a crash', () => {
    fc.assert(fc.property(broken, expectSound), { numRuns: 500 });
  });

  it.each([
    '(',
    '[',
    ')',
    'not ',
    '-',
    'a+',
    'a(',
    'a[',
    'a.',
    '%',
    '\n',
    '# ',
    'let a=',
    '"',
    ' on D1',
    ' for a in [',
    'function a(b)=',
    'take 1% at ',
    'plot ',
    '1 2 ',
    '😀',
  ])('of 100,000 or just under 64 k characters of %j is read without a crash', (piece) => {
    expectSound(piece.repeat(100_000 / piece.length));
    expectSound(piece.repeat(65_000 / piece.length));
    expectSound(`enter long when ${piece.repeat(60_000 / piece.length)} > 1`);
  });

  it('with a suggested replacement put in place has one problem less there', () => {
    fc.assert(
      fc.property(broken, (source) => {
        for (const problem of compileRules(source).problems.filter(isReplacement)) {
          const { from, to, suggestion } = problem;
          expect(source.slice(from, to)).not.toBe(suggestion);
        }
      }),
    );
  });
});

const series = fc.constantFrom('close', 'open', 'high', 'low', 'hl2', 'hlc3', 'ohlc4');
const period = fc.integer({ min: 1, max: 8 });
const value: fc.Arbitrary<string> = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    series,
    fc.integer({ min: 1, max: 300 }).map(String),
    fc
      .tuple(
        fc.constantFrom('sma', 'ema', 'wma', 'rma', 'rsi', 'highest', 'stdev', 'change'),
        series,
        period,
      )
      .map(([name, of, n]) => `${name}(${of}, ${n})`),
    period.map((n) => `atr(${n})`),
    fc
      .tuple(fc.constantFrom('upper', 'lower'), period)
      .map(([o, n]) => `bollinger(close, ${n}).${o}`),
    fc.tuple(series, fc.nat(5)).map(([of, n]) => `${of}[${n}]`),
    fc
      .tuple(
        tie('value'),
        fc.constantFrom('M2', 'M5', 'H1', 'H1 in "+00:07"', '"OTHER"', '"OTHER" M3'),
      )
      .map(([of, frame]) => `(${of} on ${frame})`),
    fc.constantFrom('minute', 'hour("Asia/Tokyo")', 'session_high("00:01-00:05")'),
    fc
      .tuple(fc.constantFrom('highest_since', 'lowest_since'), series, series)
      .map(([name, a, b]) => `${name}(${a} > ${b}[1], ${b})`),
    fc.tuple(series, period).map(([of, n]) => `count(${of} > ${of}[1], ${n})`),
    fc
      .tuple(tie('value'), tie('value'), fc.constantFrom('max_of', 'average_of'))
      .map(([a, b, name]) => `${name}([${a}, ${b}, close])`),
    fc
      .tuple(tie('value'), fc.constantFrom('+', '-', '*', '/'), tie('value'))
      .map(([a, o, b]) => `(${a} ${o} ${b})`),
  ),
})).value;
const condition = fc
  .array(
    fc.oneof(
      fc
        .tuple(value, fc.constantFrom('>', '<', '>=', '!='), value)
        .map(([a, o, b]) => `${a} ${o} ${b}`),
      fc
        .tuple(fc.constantFrom('crosses_above', 'crosses_below'), value, value)
        .map(([name, a, b]) => `${name}(${a}, ${b})`),
      fc.tuple(value, value, fc.nat(3)).map(([a, b, n]) => `not (${a} > ${b})[${n}]`),
    ),
    { minLength: 1, maxLength: 3 },
  )
  .chain((parts) => fc.constantFrom(' and ', ' or ').map((joint) => parts.join(joint)));
const rules = fc
  .tuple(
    condition,
    condition,
    condition,
    fc.constantFrom('', 'stop 2%', 'stop 2 * atr(5)', 'stop at lowest(low, 4)'),
  )
  .map(([a, b, c, stop]) => `enter long when ${a}\nenter short when ${b}\nexit when ${c}\n${stop}`);

const rows = fc.array(
  fc.array(fc.integer({ min: 100, max: 400 }), { minLength: 4, maxLength: 4 }),
  {
    minLength: 1,
    maxLength: 60,
  },
);
/** Minutes, with holes of a few and of many. */
const market: fc.Arbitrary<Bars> = fc
  .tuple(rows, fc.array(fc.constantFrom(1, 1, 1, 2, 3, 70), { minLength: 60, maxLength: 60 }))
  .map(([rows, steps]) => {
    let minute = 0;
    const sorted = rows.map((row) => row.toSorted((a, b) => a - b));
    const column = (index: number) => Int32Array.from(sorted, (row) => row[index]!);
    return {
      length: rows.length,
      timesMs: Float64Array.from(rows, (_, i) => (minute += steps[i]!) * 60_000),
      scale: 100,
      digits: 2,
      bid: { open: column(1), high: column(3), low: column(0), close: column(2) },
      ask: null,
      volume: null,
      spreadPoints: null,
    };
  });

function evaluate(source: string, bars: Bars, other: Bars) {
  const { program } = compileRules(source);
  // Constants may meet in a division by zero, which is an error of the text.
  if (!program) return null;
  const work = evaluateRules(program, bars, {}, undefined, new Map([['OTHER', other]]));
  let step = work.next();
  while (!step.done) step = work.next();
  return step.value.ok ? step.value.value : null;
}

describe('any rules', () => {
  it('say the same of a bar whether or not the future is known', () => {
    fc.assert(
      fc.property(rules, market, market, fc.nat(), (source, bars, other, cut) => {
        const to = cut % (bars.length + 1);
        const whole = evaluate(source, bars, other);
        const lastMs = bars.timesMs[to - 1] ?? -Infinity;
        const known = other.timesMs.filter((openMs) => openMs <= lastMs).length;
        const part = evaluate(source, sliceBars(bars, 0, to), sliceBars(other, 0, known));
        fc.pre(whole !== null && part !== null);
        expect(part.warmupBars).toBe(Math.min(whole.warmupBars, to));
        expect(part.entry).toStrictEqual(whole.entry.slice(0, to));
        expect(part.exit).toStrictEqual(whole.exit.slice(0, to));
        expect(part.stop?.long).toStrictEqual(whole.stop?.long.slice(0, to));
        expect(part.stop?.short).toStrictEqual(whole.stop?.short.slice(0, to));
      }),
      { numRuns: 300 },
    );
  });

  it('say nothing during the warm-up', () => {
    fc.assert(
      fc.property(rules, market, market, (source, bars, other) => {
        const all = evaluate(source, bars, other);
        fc.pre(all !== null);
        const silent = Math.min(bars.length, all.warmupBars + 1);
        expect(all.entry.subarray(0, silent).every((side) => side === 0)).toBe(true);
        expect(all.exit.subarray(0, silent).every((bits) => bits === 0)).toBe(true);
      }),
    );
  });
});
