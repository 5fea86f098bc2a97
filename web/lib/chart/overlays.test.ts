import { expect, it } from 'vitest';
import { lineInWindow, lineValueAt, panesOf, type OverlayLine } from './overlays.ts';

const line: OverlayLine = {
  name: 'calm',
  pane: 'price',
  timesMs: Float64Array.of(10, 20, 30, 40),
  values: Float64Array.of(NaN, 2, 3, 4),
};

it('cuts the window of a chart out of a line, and nothing beside it', () => {
  const cut = (...windowMs: number[]) => [
    ...lineInWindow(line, Float64Array.from(windowMs)).values,
  ];
  expect(cut(20, 25, 30)).toEqual([2, 3]);
  expect(cut(0, 15)).toEqual([NaN]);
  expect(cut(50, 60)).toEqual([]);
  expect(cut()).toEqual([]);
});

it('knows the value at a time that the line has, and at no other', () => {
  expect(lineValueAt(line, 30)).toBe(3);
  expect(lineValueAt(line, 31)).toBeNaN();
  expect(lineValueAt(line, 99)).toBeNaN();
});

it('gives each thing with a pane of its own one, its parts together, at most three', () => {
  const own = (name: string) => ({ name, pane: 'own' as const });
  const lines = [line, own('macd.line'), own('macd.signal'), own('a'), own('b'), own('c'), line];
  expect(panesOf(lines)).toEqual([0, 1, 1, 2, 3, 3, 0]);
});
