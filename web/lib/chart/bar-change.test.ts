import fc from 'fast-check';
import { expect, it } from 'vitest';
import { changeOf } from './bar-change.ts';

it('says nothing of a direction where a bar closed at its open', () => {
  for (const price of [1.1, -37.63, 0]) {
    expect(changeOf(price, price)).toEqual({ tone: 'quiet', text: '0.00 %' });
  }
});

it('goes by the prices, below zero as above', () => {
  expect(changeOf(100, 101)).toEqual({ tone: 'up', text: '▲ +1.00 %' });
  expect(changeOf(-40, -30)).toEqual({ tone: 'up', text: '▲ +25.00 %' });
  expect(changeOf(-30, -40)).toEqual({ tone: 'down', text: '▼ −33.33 %' });
  expect(changeOf(0, 2)).toEqual({ tone: 'up', text: '▲' });
});

it('shows an arrow exactly where the close is another price', () => {
  const price = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((points) => points / 1000);
  fc.assert(
    fc.property(price, price, (open, close) => {
      const { tone, text } = changeOf(open, close);
      expect(tone).toBe(close > open ? 'up' : close < open ? 'down' : 'quiet');
      expect(text[0] === '▲' || text[0] === '▼').toBe(close !== open);
    }),
  );
});
