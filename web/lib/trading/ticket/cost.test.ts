import { expect, test } from 'vitest';
import type { DealView } from '#core/broker/views.ts';
import { madeInstrument, madeQuote, madeTicket } from '#core/risk/made-account.ts';
import { commissionPerLot, ticketCost } from './cost.ts';

const context = {
  ...{ instrument: madeInstrument, quote: madeQuote, entry: madeQuote.ask },
  ...{ defaultStopRatio: 0.02, commissionPerLot: 7 },
};

test('what an order costs follows from one quote, its levels and the symbol', () => {
  const cost = ticketCost(madeTicket, context);
  expect(cost).toMatchObject({ marginMoney: 100, isAssumed: false, spreadPoints: 10 });
  expect(cost.riskMoney).toBeCloseTo(100);
  expect(cost.rewardMoney).toBeCloseTo(200);
  expect(cost.rewardRatio).toBeCloseTo(2);
  expect(cost.spreadMoney).toBeCloseTo(1);
  expect(cost.commissionMoney).toBeCloseTo(0.7);
  expect(cost.swapMoney).toBeCloseTo(-0.8);
  const sell = { ...madeTicket, side: 'sell', sl: 1.11, tp: 1.08 } as const;
  expect(ticketCost(sell, { ...context, entry: madeQuote.bid }).swapMoney).toBeCloseTo(0.3);
});

test('without a stop the account’s usual one is assumed, and no ratio is told', () => {
  const cost = ticketCost({ ...madeTicket, sl: null }, context);
  expect(cost).toMatchObject({ isAssumed: true, rewardRatio: null });
  expect(cost.riskMoney).toBeCloseTo(220.02);
});

test('a commission is what was charged last, and nothing where nobody tells', () => {
  const deal = (change: Partial<DealView>) =>
    ({ symbol: 'EURUSD', volumeLots: 0.5, commission: -1.75, entry: 'in', ...change }) as DealView;
  expect(commissionPerLot([], 'EURUSD')).toBeNull();
  expect(commissionPerLot([deal({ symbol: 'XAUUSD' })], 'EURUSD')).toBeNull();
  expect(commissionPerLot([deal({}), deal({ commission: -9 })], 'EURUSD')).toBeCloseTo(7);
  expect(commissionPerLot([deal({ entry: 'out', commission: 0 }), deal({})], 'EURUSD')).toBeCloseTo(
    3.5,
  );
});
