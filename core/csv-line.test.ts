import { expect, it } from 'vitest';
import { safeCell } from './csv-line.ts';

it('disarms text that a spreadsheet would run as a formula', () => {
  for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
    expect(safeCell(text).replace(/^"/, '').startsWith("'")).toBe(true);
  }
  expect(safeCell('stop')).toBe('stop');
  expect(safeCell('a "b", c')).toBe('"a ""b"", c"');
});
