import { expect, it } from 'vitest';
import { sizesByEquity, sizesByRisk } from './rule-sizing.ts';

it.each([
  ['size 95% of equity', true, false],
  ['enter long when close > open', true, false],
  ['# size risk 1%', true, false],
  ['size 50% of equity # not in lots', true, false],
  ['enter long when close > open\n  size risk 1%', false, true],
  ['size 0.5 lots', false, false],
  ['size count units # as asked', false, false],
])('%j: a part of equity %s, by risk %s', (source, byEquity, byRisk) => {
  expect(sizesByEquity(source)).toBe(byEquity);
  expect(sizesByRisk(source)).toBe(byRisk);
});
