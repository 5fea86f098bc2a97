/** What the language does with indicators that change what they have shown. */
import { describe, expect, it } from 'vitest';
import { compileRules } from './compile.ts';

const entry = 'enter long when close > open';

describe('an indicator that repaints', () => {
  it('may be drawn, with a warning', () => {
    const { program, problems } = compileRules(
      `let turns = zigzag(5)\n${entry} and turns == turns`,
    );
    expect(program).toBeNull();
    const drawn = compileRules(`let turns = zigzag(5)\n${entry}`);
    expect(drawn.program?.named.map((one) => one.name)).toStrictEqual(['turns']);
    expect(drawn.problems.map((one) => one.severity)).toStrictEqual(['warning', 'warning']);
    expect(problems[0]).toMatchObject({ severity: 'error', line: 1, column: 13 });
  });

  it.each([
    ['an entry', 'enter long when close > zigzag(5)'],
    ['an exit', `${entry}\nexit long when crosses_below(close, zigzag(5))`],
    ['a stop', `${entry}\nstop at zigzag(5)`],
    ['a target', `${entry}\ntarget abs(close - zigzag(5))`],
    ['history', 'enter long when close > zigzag(5)[3]'],
    ['an average of it', 'let a = sma(zigzag(5), 10)\nenter long when close > a'],
  ])('is refused in %s', (_where, source) => {
    const { program, problems } = compileRules(source);
    expect(program).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]!.reason).toContain('repaints');
    expect(source.slice(problems[0]!.from, problems[0]!.to)).toBe('zigzag(5)');
  });
});

describe('an indicator that is a condition', () => {
  it.each(['hammer()', 'not doji()', 'engulfing().bullish and close > open', 'doji()[1]'])(
    'stands where a condition does: %s',
    (source) => {
      expect(compileRules(`enter long when ${source}`).problems).toStrictEqual([]);
    },
  );

  it('is no number', () => {
    expect(compileRules('enter long when doji() > 0').problems[0]?.reason).toContain(
      'this is a condition',
    );
  });
});

it('has no name for what indicators alone read', () => {
  for (const name of ['openMs', 'openms']) {
    expect(compileRules(`enter long when close > ${name}`).program).toBeNull();
  }
});
