import { describe, expect, it } from 'vitest';
import { compileRules } from './compile.ts';
import { isReplacement } from './problem.ts';

const entry = 'enter long when close > open';

/** The problem of a text that should have exactly one, with the text it points at. */
function only(source: string) {
  const { problems, program } = compileRules(source);
  expect(problems).toHaveLength(1);
  const problem = problems[0]!;
  expect(program === null).toBe(problem.severity === 'error');
  return { ...problem, text: source.slice(problem.from, problem.to) };
}

describe('a good text', () => {
  it('compiles without a word', () => {
    const { program, problems } = compileRules(`
      # Crossing averages
      input fast = 10 from 5 to 50 step 5
      input slow = 30
      let a = sma(close, fast)   # comment at the end
      let b = sma(close, slow)
      enter long  when crosses_above(a, b)
      enter short when crosses_below(a, b)
      exit long when rsi(close, 14) > 80
      stop   5% of close
      target 10% of close
      size   100% of equity
    `);
    expect(problems).toStrictEqual([]);
    expect(program?.inputs).toStrictEqual([
      { name: 'fast', default: 10, min: 5, max: 50, step: 5, integer: true },
      { name: 'slow', default: 30, integer: true },
    ]);
  });

  it.each([
    ['any case', 'LET A = Sma(CLOSE, 5)\nEnter Long When Close > a'],
    ['Windows line ends', 'let a = sma(close, 5)\r\nenter long when close > a\r\n'],
    [
      'a condition over several lines',
      'enter long when close > open\n  and high > low\n  or low > 3',
    ],
    [
      'a call over several lines',
      'let a = sma(\n  close, # what\n\n  5\n)\nenter long when close > a',
    ],
    ['a line that ends with an operator', 'enter long when close >\n open'],
    ['blank lines and comments in between', '\n\n# a\n\nenter long when close > open\n\n# b'],
    [
      'names that are words elsewhere',
      `input risk = 2\ninput step = 3\nlet to = risk + step\n${entry} + to`,
    ],
    ['both sides of exit', `${entry}\nexit when close < open`],
    [
      'a percentage as input',
      `input part = 2%\n${entry}\nstop part of close\nsize part * 2 of equity`,
    ],
    [
      'sides of stops',
      `${entry}\nenter short when close < open\nstop long 2%\nstop short at high + atr(14)`,
    ],
    ['pips and points', `${entry}\nstop 20 pips\ntarget 400 points`],
    ['every size', `${entry}\nsize 2.5 lots`],
    ['risk', `${entry}\nstop 2 * atr(14)\nsize risk 1%`],
    ['history of a condition', 'enter long when (close > open)[1] and not (close > open)[2]'],
    ['a chosen output', 'let m = macd(close)\nenter long when crosses_above(m.line, m.signal)'],
    [
      'constant arithmetic',
      `enter long when close > open + max(1, 2, 3) * abs(-2) / 4 - min(1, 2)`,
    ],
  ])('may have %s', (_name, source) => {
    expect(compileRules(source).problems).toStrictEqual([]);
  });

  it('binds not before and, and before or, comparison before all of them', () => {
    const plan = (source: string) => compileRules(`enter long when ${source}`).program?.plan;
    expect(plan('not close > 1 and open > 2 or low > 3')).toStrictEqual(
      plan('((not (close > 1)) and (open > 2)) or (low > 3)'),
    );
    expect(plan('close - 1 - 2 * 3 > -2 * open')).toStrictEqual(
      plan('((close - 1) - (2 * 3)) > ((-2) * open)'),
    );
  });

  it('computes what is written twice once', () => {
    const { program } = compileRules(
      'let a = sma(close, 5)\nenter long when a > SMA(close, 5)[0 + 1] and sma(close, 5) > open',
    );
    expect(program?.plan.filter((node) => node.op === 'indicator')).toHaveLength(1);
  });
});

describe('a mistake', () => {
  it.each([
    ['an unknown name', 'enter long when closs > open', 'closs', 'close'],
    ['an unknown function', 'enter long when rsy(close, 14) > 70', 'rsy', 'rsi'],
    ['an unknown output', 'enter long when macd(close).signl > 0', 'signl', 'signal'],
    ['a missing output', 'enter long when macd(close) > 0', 'macd(close)', 'macd(close).line'],
    ['an output of a name', 'let m = macd(close)\nenter long when m > 0', 'm', 'm.line'],
    ['a missing series', 'enter long when sma(10) > open', 'sma(10)', 'sma(close, 10)'],
    ['a name given without let', `x = 3\n${entry}`, 'x', 'let x'],
    ['a name twice', 'let a = 1\nlet a = 2\nenter long when close > a', 'a', 'a2'],
    ['a name that is taken', `let close = 3\n${entry}`, 'close', 'my_close'],
    ['a word as a name', `let target = 3\n${entry}`, 'target', 'my_target'],
    ['a misspelt rule', 'entr long when close > open', 'entr', 'enter'],
    ['the word of another language', 'buy when close > open', 'buy', 'enter long'],
    ['a missing side', 'enter when close > open', 'enter', 'enter long'],
    ['a missing when', 'enter long close > open', 'long', 'long when'],
    ['if for when', 'enter long if close > open', 'if', 'when'],
    ['a single equals sign', 'enter long when close = open', '=', '=='],
    ['a double ampersand', 'enter long when close > open && low > 1', '&&', 'and'],
    ['a double bar', 'enter long when close > open || low > 1', '||', 'or'],
    [
      'a value outside its range',
      'input n = 5 from 10 to 20\nenter long when close > n',
      '5',
      '10',
    ],
    [
      'a range that runs backwards',
      'input n = 5 from 9 to 2\nenter long when close > n',
      '9 to 2',
      '2 to 9',
    ],
    ['a size without a unit', `${entry}\nsize 50`, 'size 50', 'size 50% of equity'],
    [
      'a risk without a percent sign',
      `${entry}\nstop 1%\nsize risk 2`,
      'size risk 2',
      'size risk 2%',
    ],
    ['a number before of', 'enter long when 5 of close > open', '5', '5%'],
    ['a function without brackets', 'enter long when rsi > 70', 'rsi', 'rsi(close, 14)'],
    ['pips after at', `${entry}\nstop at 20 pips`, 'stop at 20 pips', 'stop 20 pips'],
    ['a timeframe turned around', 'enter long when close > open on 4h', '4h', 'H4'],
    ['a missing stop', 'enter long at high when close > open', 'at', 'stop at'],
    ['a missing after', `${entry}\nbreakeven 20 pips`, 'breakeven', 'breakeven after'],
    ['a missing in', 'enter long when max_of(sma(close, n) for n [1, 2]) > close', 'n', 'n in'],
  ])('such as %s is found and mended by its suggestion', (_name, source, text, suggestion) => {
    const problem = only(source);
    expect([problem.severity, problem.text, problem.suggestion]).toStrictEqual([
      'error',
      text,
      suggestion,
    ]);
    expect(isReplacement(problem)).toBe(true);
    const mended = source.slice(0, problem.from) + suggestion + source.slice(problem.to);
    expect(compileRules(mended).problems).not.toContainEqual(
      expect.objectContaining({ reason: problem.reason, from: problem.from }),
    );
  });

  it.each([
    ['no entry', 'let a = 1', 'an entry rule is missing'],
    ['nothing at all', '', 'an entry rule is missing'],
    ['a use before its definition', 'enter long when close > a\nlet a = 3', 'before it is defined'],
    ['a name in its own definition', 'let a = a + 1\nenter long when close > a', 'define itself'],
    ['a period of 0', 'enter long when sma(close, 0) > open', 'at least 1'],
    ['half a period', 'enter long when sma(close, 2.5) > open', 'whole number'],
    ['a period that changes', 'enter long when sma(close, open) > open', 'does not change'],
    [
      'a period of 0 by an input',
      'input n = 0\nenter long when sma(close, n) > open',
      'at least 1',
    ],
    ['too many values', 'enter long when sma(close, 5, 6) > open', 'takes 2 values, not 3'],
    ['too few values', 'enter long when crosses_above(close)', 'takes 2 values, not 1'],
    ['a number where a series belongs', 'enter long when sma(5, 10) > open', 'is a series'],
    ['a condition where a series belongs', 'enter long when sma(close > 1, 5) > 1', 'is a series'],
    ['a series where a condition belongs', 'enter long when close', 'comes a condition'],
    ['a number joined by and', 'enter long when 1 and close > open', 'joins conditions'],
    ['chained comparisons', 'enter long when 30 < close < 70', 'this is a condition'],
    ['the future', 'enter long when close[-1] > open', 'at least 0'],
    ['history that changes', 'enter long when close[open] > open', 'does not change'],
    ['history of a number', 'enter long when 5[1] > open', 'has no history'],
    ['a part of a series', 'enter long when close.signal > open', 'several outputs'],
    ['division by zero', 'enter long when close / 0 > open', 'must not be 0'],
    ['a huge number', 'enter long when close > 1e99', 'at most'],
    ['two stops of a side', `${entry}\nstop long 5%\nstop 3%`, 'already'],
    ['two sizes', `${entry}\nsize 1 lot\nsize 2 lots`, 'set already'],
    ['a stop of everything', `${entry}\nstop 100%`, 'at most 99.99%'],
    ['a stop of nothing', `${entry}\nstop 0%`, 'above 0'],
    ['a size of too much', `${entry}\nsize 101% of equity`, 'at most 100%'],
    ['a size that changes', `${entry}\nsize close units`, 'must not change'],
    ['a risk without a stop', `${entry}\nsize risk 1%`, 'needs a stop'],
    [
      'a risk with a stop of the other side',
      `${entry}\nenter short when close < open\nstop long 1%\nsize risk 1%`,
      'short entries have none',
    ],
    [
      'a fractional range of a period',
      'input n = 5 from 1 to 9 step 0.5\nenter long when sma(close, n) > 1',
      'whole numbers',
    ],
    ['a computed input', `input n = sma(close, 3)\n${entry}`, 'plain number'],
    ['an open bracket', 'enter long when (close > open', 'never closed'],
    ['a bracket too many', 'enter long when close > open)', 'closes nothing'],
    ['an unfinished line', 'enter long when close >', 'missing after >'],
    ['two values side by side', 'enter long when close > 5 6', 'cannot follow'],
    ['two rules in a line', `let a = 1 ${entry} + a`, 'begins a rule of its own'],
    ['equity outside the size', 'enter long when equity > 3', 'size alone'],
    ['on without a timeframe', 'enter long when close > open on', 'a timeframe, or a symbol'],
    ['a bare number after on', 'enter long when close > open on 15', 'begins with its letter'],
    ['for outside a list', 'enter long when sma(close, n) for n in [1, 2] > 1', 'square brackets'],
    ['hours without quotes', 'enter long when session(08:00-16:30)', 'stand in quotes'],
    ['a late order', 'enter long when close > open stop at high', 'stands before when'],
    ['a market order', 'enter long market when close > open', 'made at the market'],
    ['a stop that trails', `${entry}\ntrail stop 20 pips`, 'the stop'],
    ['a number of positions given', `${entry}\npositions = 3`, 'their number alone'],
    ['a part without a place', `${entry}\ntake 50% 1 R`, 'at and a distance'],
    ['a session with brackets', 'enter long when london()', 'no values'],
  ])('such as %s is explained', (_name, source, reason) => {
    const errors = compileRules(source).problems.filter((one) => one.severity === 'error');
    expect(errors.map((one) => one.reason)).toStrictEqual([expect.stringContaining(reason)]);
  });

  it.each([
    ['an unused name', `let a = 1\n${entry}`, 'never used'],
    ['an unused input', `input a = 1\n${entry}`, 'never used'],
    ['an exit nothing leads to', `${entry}\nexit short when close < open`, 'Nothing enters short'],
    ['a stop nothing leads to', `${entry}\nstop short 5%`, 'Nothing enters short'],
  ])('such as %s is a warning and no more', (_name, source, reason) => {
    const problem = only(source);
    expect([problem.severity, problem.reason]).toStrictEqual([
      'warning',
      expect.stringContaining(reason),
    ]);
  });

  it('in one line leaves the others alone', () => {
    const { problems } = compileRules(
      'let a = sma(close, 10\nlet b = sma(close, 20)\nenter long when crosses_above(a, b)\nstop 5 5',
    );
    expect(problems.map(({ line }) => line)).toStrictEqual([1, 4]);
  });

  it('is placed by line and column, both from one', () => {
    const problem = only('# first\n\n  enter long when close > opn');
    expect([problem.line, problem.column]).toStrictEqual([3, 27]);
  });
});

it('knows no more words than it was taught', () => {
  for (const word of ['constructor', '__proto__', 'hasOwnProperty']) {
    const { problems } = compileRules(`${word} + 1\nenter long when ${word}(close).${word} > 1`);
    expect(problems.map((one) => one.suggestion)).toStrictEqual(['', '']);
  }
});

describe('limits', () => {
  it('refuses a text of more than 64 kB', () => {
    const { program, problems } = compileRules(`${entry}\n${' '.repeat(65_536)}`);
    expect(program).toBeNull();
    expect(problems[0]!.reason).toContain('longer than');
  });

  it('refuses brackets that no person would nest', () => {
    const source = `enter long when ${'('.repeat(300)}close${')'.repeat(300)} > open`;
    expect(only(source).reason).toContain('nested too deeply');
  });

  it('refuses a sum of a thousand terms, and says what to do', () => {
    const source = `enter long when close${' + open'.repeat(1000)} > 0`;
    expect(only(source).suggestion).toContain('let');
  });
});
