import { expect, test } from 'vitest';
import { equityOf } from './equity-of.ts';
import { canBePair } from '../ticket/staged.ts';

const at = (atMs: number, equity: number) => ({ atMs, equity, balance: 0 });

test('equity falls from its peak, and has one point a second', () => {
  const points = equityOf([at(0, 100), at(1_000, 200), at(1_500, 180), at(3_000, 90)]);
  expect(points.map(({ ms, equity }) => [ms, equity])).toEqual([
    [0, 100],
    [1_500, 180],
    [3_000, 90],
  ]);
  expect(points.map(({ drawdownRatio }) => drawdownRatio)).toEqual([0, 0, -0.5]);
});

test('two waiting orders can be a pair, and nothing else can', () => {
  const staged = (kind: 'market' | 'limit') => ({ id: 1, words: '', ticket: { kind } }) as never;
  expect(canBePair([staged('limit'), staged('limit')])).toBe(true);
  expect(canBePair([staged('limit'), staged('market')])).toBe(false);
  expect(canBePair([staged('limit')])).toBe(false);
});
