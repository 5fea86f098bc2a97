/** Past prices of the exchange, through its client and the stand-in, page by page. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { BarsQuestion } from '../../core/broker/messages.ts';
import { accountBars, type Historian } from '../../sync/market/account-bars.ts';
import { pageOfBars } from '../../sync/market/page-of-bars.ts';
import type { BarsAsk } from '../../sync/market/provider.ts';
import type { ExchangeBroker } from '../../sync/terminals/exchange/exchange-broker.ts';
import { freshMemory, openBroker } from './exchange-world.ts';
import { fakeBars, fakeExchange, fakeSymbol, type FakeExchange } from './fake-exchange.ts';

let fake: FakeExchange;
let broker: ExchangeBroker;
beforeEach(async () => {
  fake = await fakeExchange();
  broker = (await openBroker(fake, freshMemory(), [])).broker;
});
afterEach(() => fake.close());

const question: BarsQuestion = {
  ...{ symbol: fakeSymbol, timeframe: 'M1', beforeServerMs: null, limit: 1_000 },
};
const clock = { now: Date.now, wait: () => Promise.resolve() };
const historian = (): Historian => ({
  kind: 'exchange',
  offsetMs: 40,
  ask: async (asked) => ({ ok: true, value: await broker.bars(asked) }),
});

test('a page is told in points and in the order of time, and says whether older ones are there', async () => {
  const { bars, ...rest } = await broker.bars(question);
  expect(rest).toEqual({ isWhole: true, hasMore: true, digits: 1, lacks: null });
  expect(bars).toHaveLength(1_000);
  expect(bars.every(([openS], i) => i === 0 || openS === bars[i - 1]![0] + 60)).toBe(true);
});

test('all of it comes in pages that hang together, in UTC', async () => {
  const ask: BarsAsk = { symbol: fakeSymbol, timeframe: 'M5', beforeMs: null, limit: 5_000 };
  const page = await pageOfBars({
    ask,
    store: null,
    mostBars: 1_000,
    tell: (part) => accountBars(historian(), part, clock),
    now: Date.now,
  });
  if (!page.ok) throw new Error(page.error.code);
  const { rows, hasMore } = page.value;
  expect(hasMore).toBe(false);
  expect(rows).toHaveLength(fakeBars);
  expect(rows.every(({ openMs }, i) => i === 0 || openMs === rows[i - 1]!.openMs + 300_000)).toBe(
    true,
  );
  expect(rows.every(({ open }, i) => i === 0 || open === rows[i - 1]!.close)).toBe(true);
});

test('what it does not have is said; what cannot be read is asked again, and then given up', async () => {
  expect(await broker.bars({ ...question, symbol: 'NONEUSDT' })).toMatchObject({ lacks: 'symbol' });
  expect(await broker.bars({ ...question, timeframe: 'M7' })).toMatchObject({ lacks: 'timeframe' });
  fake.faults.push({ path: 'v5/market/kline', fault: 'nonsense' });
  await expect(broker.bars(question)).rejects.toThrow('nonsense');
  fake.faults.push({ path: 'v5/market/kline', fault: 'failed' });
  await expect(broker.bars(question)).rejects.toThrow('lost');
});
