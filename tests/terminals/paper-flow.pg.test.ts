/** From a trader's request to a fill and back to the page: server, Postgres and the paper terminal. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountView, BookView, IntentView, RequestView } from '../../core/broker/views.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { until } from '../server-process.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene()));
afterAll(() => scene?.close());

async function practising() {
  const person = await scene.people.person();
  const who = await person.signedIn();
  const { accounts } = await who.get<{ accounts: AccountView[] }>('terminals.list');
  const { accountId } = accounts[0]!;
  const book = () => who.get<BookView & object>('orders.book', { accountId, symbols: ['EURUSD'] });
  await until(async () => (await book()).quotes.some(({ symbol }) => symbol === 'EURUSD'));
  return { person, who, accountId, accounts, book };
}

async function settled(who: Visitor, { intents }: RequestView): Promise<IntentView> {
  const one = () => who.get<{ intent: IntentView }>('orders.one', { intentId: intents[0]!.id });
  await until(async () =>
    ['filled', 'done', 'rejected', 'refused', 'expired', 'not-executed'].includes(
      (await one()).intent.state,
    ),
  );
  return (await one()).intent;
}

function marketOrder(accountId: string, { quotes }: BookView, volumeLots = 0.05) {
  const { ask } = quotes.find(({ symbol }) => symbol === 'EURUSD')!;
  const ticket = {
    ...{ symbol: 'EURUSD', side: 'buy', kind: 'market', volumeLots, price: null, limitPrice: null },
    ...{ sl: Number((ask - 0.01).toFixed(5)), tp: Number((ask + 0.02).toFixed(5)) },
    ...{ deviationPoints: 100, worstPrice: null, lastsUntilMs: null },
  };
  return { id: randomUUID(), accountId, t: 'place', ticket };
}

describe('a trader who has never traded', () => {
  it('finds two paper accounts, said to be simulated, and gets no more by asking again', async () => {
    const { who, accounts } = await practising();
    expect(accounts.map(({ kind, isSimulated }) => [kind, isSimulated])).toEqual([
      ['paper', true],
      ['paper', true],
    ]);
    const again = await Promise.all([who, who].map((each) => each.get('terminals.list')));
    for (const { accounts: list } of again) expect(list).toHaveLength(2);
  });

  it('gets none before the address is confirmed', async () => {
    const who = await (await scene.people.person({ verified: false })).signedIn();
    expect(await who.get('terminals.list')).toEqual({ accounts: [] });
  });
});

describe('an order on a paper account', () => {
  it('is filled, shows as a position with its deal, and is closed in parts', async () => {
    const { who, accountId, book } = await practising();
    const request = marketOrder(accountId, await book());
    const asked = await who.post<RequestView & object>('orders.open', { request });
    const filled = await settled(who, asked);
    expect(filled).toMatchObject({ state: 'filled', filledLots: 0.05, requestId: request.id });
    expect(filled).not.toHaveProperty('magic');
    await until(async () => (await book()).positions.length === 1);
    const [position] = (await book()).positions;
    expect(position).toMatchObject({ symbol: 'EURUSD', volumeLots: 0.05, intentId: filled.id });

    const close = (volumeLots: number | null) => ({
      request: {
        id: randomUUID(),
        accountId,
        t: 'close',
        position: position!.position,
        volumeLots,
      },
    });
    const part = await who.post<RequestView & object>('orders.close', close(0.02));
    expect((await settled(who, part)).state).toBe('filled');
    await until(async () => (await book()).positions[0]?.volumeLots === 0.03);
    const rest = await who.post<RequestView & object>('orders.close', close(null));
    expect((await settled(who, rest)).state).toBe('filled');
    await until(async () => (await book()).positions.length === 0);
    const deals = async () =>
      (await who.get<{ deals: { entry: string | null }[] }>('orders.deals', { accountId })).deals;
    await until(async () => (await deals()).filter(({ entry }) => entry === 'out').length === 2);
    const { points } = await who.get<{ points: object[] }>('orders.equity', {
      accountId,
      fromMs: 0,
    });
    expect(points.length).toBeGreaterThan(0);
  });

  it('is taken once, however often it is sent, and not with another content', async () => {
    const { who, accountId, book } = await practising();
    const request = marketOrder(accountId, await book());
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => who.try('POST', 'orders.open', { request })),
    );
    const ids = answers.map(({ data }) => (data as unknown as RequestView).intents[0]!.id);
    expect(new Set(ids).size).toBe(1);
    const ticket = { ...request.ticket, volumeLots: 0.06 };
    const other = await who.try('POST', 'orders.open', { request: { ...request, ticket } });
    expect(other.failure).toBe('trade.request-differs');
    await settled(who, answers[0]!.data as unknown as RequestView);
    await until(async () => (await book()).positions.length === 1);
    expect((await book()).positions[0]!.volumeLots).toBe(0.05);
  });

  it('that would risk too much is refused with the figures, and sized so that it does not', async () => {
    const { who, accountId, book } = await practising();
    const request = marketOrder(accountId, await book(), 50);
    const refused = await who.try('POST', 'orders.open', { request });
    expect(refused.failure).toMatch(/^risk\./);
    expect(Object.keys(refused.figures)).toEqual(expect.arrayContaining(['limit', 'value']));
    const { volumeLots: _, ...ticket } = request.ticket;
    const size = await who.get<{ volumeLots: number; riskMoney: number }>('orders.size', {
      ...{ accountId, ticket, riskRatio: 0.01 },
    });
    expect(size.volumeLots).toBeGreaterThan(0);
    expect(size.riskMoney).toBeLessThanOrEqual(100.5);
  });
});
