/** The deals of an account as journals are told them: page by page, each once, with what was planned. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountDeals } from '../../core/journal/account-deals.ts';
import { openScene, type Scene } from '../accounts/scene.ts';
import type { Visitor } from '../accounts/visitor.ts';

let scene: Scene;
beforeAll(async () => (scene = await openScene({ OFFING_PAPER: 'off' })));
afterAll(() => scene?.close());

interface MadeDeal {
  readonly deal: string;
  readonly serverMs: number;
  readonly order?: string;
  readonly entry?: string | null;
}

async function trader() {
  const person = await scene.people.person();
  const { accountId } = await person.tradingAccount();
  const { userId } = person;
  const add = async (...made: readonly MadeDeal[]) => {
    for (const { deal, serverMs, order = deal, entry = 'in' } of made) {
      await scene.at.sql`insert into deals (user_id, account_id, deal, order_ticket, position,
        symbol, kind, entry, volume_lots, price, commission, swap, profit, magic, comment, reason,
        server_ms) values (${userId}, ${accountId}, ${deal}, ${order}, '1', 'EURUSD', 'buy',
        ${entry}, 0.1, 1.1, -0.5, 0, 0, '77', '', 'program', ${serverMs})`;
    }
  };
  return { userId, accountId, add, who: await person.signedIn() };
}

async function pagesOf(who: Visitor, accountId: string, limit: number) {
  const pages: AccountDeals[] = [];
  for (let after: AccountDeals['after'] | undefined; after !== null;) {
    const asked = { accountId, limit, ...(after ? { after } : {}) };
    const page: AccountDeals = await who.get<AccountDeals & object>('journal.deals', asked);
    pages.push(page);
    ({ after } = page);
  }
  return pages;
}

describe('the deals of an account', () => {
  it('come from the oldest on, each once, however many are of one moment', async () => {
    const { userId, accountId, add, who } = await trader();
    const made = Array.from({ length: 23 }, (_, at) => ({
      deal: String(at * 7 + 2),
      serverMs: 1_000 + Math.floor(at / 9),
    }));
    await add(...made.toReversed());
    for (const limit of [1, 7, 23, 1_000]) {
      const pages = await pagesOf(who, accountId, limit);
      const told = pages.flatMap(({ deals }) => deals);
      expect(told.map(({ deal }) => deal).sort()).toEqual(made.map(({ deal }) => deal).sort());
      expect(told.map(({ serverMs }) => serverMs)).toEqual(made.map(({ serverMs }) => serverMs));
      expect(new Set(pages.map((page) => page.userId))).toEqual(new Set([userId]));
    }
    const [first] = (await pagesOf(who, accountId, 1_000))[0]!.deals;
    expect(first).not.toHaveProperty('magic');
  });

  it('say which stop and target they were planned with, where an order of ours opened', async () => {
    const { userId, accountId, add, who } = await trader();
    await add(
      { deal: '1', serverMs: 1, order: '10' },
      { deal: '2', serverMs: 2, order: '10', entry: 'out' },
      { deal: '3', serverMs: 3, order: '11' },
      { deal: '4', serverMs: 4, order: '', entry: null },
    );
    const order = async (t: string, ticket: string, sl: number, createdMs: number) => {
      const body = { t, sl, tp: 1.3, target: { order: ticket } };
      await scene.at.sql`insert into order_intents (user_id, intent_id, account_id, request_id,
        state, is_open, body, facts, magics, broker_order, created_ms, updated_ms) values
        (${userId}, gen_random_uuid(), ${accountId}, gen_random_uuid(), 'filled', false,
        ${scene.at.sql.json(body)}, '{}', '{}', ${ticket}, ${createdMs}, 1)`;
    };
    await order('modify', '10', 1.05, 1);
    await order('place', '10', 1.09, 2);
    const { deals } = (await pagesOf(who, accountId, 1_000))[0]!;
    expect(deals.map(({ sl, tp }) => [sl, tp])).toEqual([
      ...[
        [1.09, 1.3],
        [null, null],
      ],
      ...[
        [null, null],
        [null, null],
      ],
    ]);
  });

  it('are still told once the account was taken away', async () => {
    const { accountId, add, who } = await trader();
    await add({ deal: '1', serverMs: 1 });
    await who.post('terminals.revoke', { accountId });
    expect((await pagesOf(who, accountId, 10))[0]!.deals).toHaveLength(1);
  });
});
