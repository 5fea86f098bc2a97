/** A request whose answer was lost is told what became of it, and comes too late if it never came. */
import { expect, test } from 'vitest';
import { submit } from '../../sync/orders/admission.ts';
import { settledHash, settleRequest } from '../../sync/orders/settlement.ts';
import { accountId, market, place, someId, startMs } from './desk-world.ts';
import { euro } from './fake-terminal.ts';
import { someBroker } from './made-book.ts';
import { madeAccount, memoryStore } from './memory-store.ts';

function world() {
  const store = memoryStore();
  store.addAccount(madeAccount(accountId, { broker: someBroker, peakEquity: 10_000 }), [euro]);
  const quote = { symbol: 'EURUSD', bid: 1.1, ask: 1.1001, timeMs: startMs };
  const request = place(market());
  return {
    request,
    send: () => submit(store, request, { nowMs: startMs, quoteOf: () => quote }),
    settle: (account = accountId) =>
      settleRequest(store, { accountId: account, requestId: request.id, nowMs: startMs + 9_000 }),
  };
}

test('one that came is told as it was answered', async () => {
  const { send, settle } = world();
  const sent = await send();
  expect(sent.ok && sent.value.intents).toHaveLength(1);
  expect(await settle()).toEqual(sent);
});

test('one that never came is taken no more, however often either is asked', async () => {
  const { send, settle } = world();
  expect(await settle()).toEqual({ ok: true, value: null });
  expect(await send()).toMatchObject({ ok: false, error: { code: 'trade.request-differs' } });
  expect(await settle()).toEqual({ ok: true, value: null });
});

test('there is none of an account that is not there', async () => {
  const { settle } = world();
  expect(await settle(someId())).toMatchObject({ error: { code: 'trade.account-missing' } });
  expect(settledHash).toMatch(/^0{64}$/);
});
