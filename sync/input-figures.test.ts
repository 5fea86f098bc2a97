import { expect, test } from 'vitest';
import { z } from 'zod';
import { orderTicket } from './procedures/trade-inputs.ts';
import { inputFigures } from './input-figures.ts';

const ticket = {
  ...{ symbol: 'EURUSD', side: 'buy', kind: 'limit', volumeLots: 0.1, price: 1.1, sl: null },
  ...{ limitPrice: null, tp: null, deviationPoints: 0, worstPrice: null, lastsUntilMs: null },
};
const figuresOf = (change: object, shape: z.ZodType = orderTicket) =>
  inputFigures(shape.safeParse({ ...ticket, ...change }).error);

test('tells the field that was not taken, and what it takes', () => {
  expect(figuresOf({ volumeLots: -1 })).toEqual({
    ...{ field: 'volumeLots', rule: 'too_small', limit: 0, of: 'number', open: 1 },
  });
  expect(figuresOf({ price: 1e10 })).toMatchObject({ field: 'price', rule: 'too_big', limit: 1e9 });
  expect(figuresOf({ side: 'both' })).toMatchObject({ field: 'side', of: 'buy, sell' });
  expect(figuresOf({ sl: 'none' })).toMatchObject({ field: 'sl', rule: 'invalid_type' });
  const nested = z.object({ request: z.object({ tickets: z.array(orderTicket) }) });
  const many = { request: { tickets: [ticket, { ...ticket, deviationPoints: 0.5 }] } };
  expect(figuresOf(many, nested)).toMatchObject({ field: 'deviationPoints' });
});

test('says nothing of a body as a whole, of names it was given, and of other faults', () => {
  expect(figuresOf({ more: 1 })).toBeNull();
  const named = z.record(z.string(), z.number());
  expect(inputFigures(named.safeParse({ '<b>': 'x' }).error)).toBeNull();
  expect(inputFigures(new Error('SELECT'))).toBeNull();
  expect(inputFigures(undefined)).toBeNull();
});
