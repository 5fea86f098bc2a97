/** Deals of connected accounts brought into a real database by a server that does what it likes. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AccountView } from '#core/broker/views.ts';
import type { AccountDeal, DealPlace } from '#core/journal/account-deals.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import { usualLimits } from '#core/risk/limits.ts';
import { fail, ok } from '#core/result.ts';
import { followBook, type FollowedBook } from '#workers/journal/followed-book.ts';
import { keepStatement } from '#workers/journal/statement-intake.ts';
import { leaveOut } from '#workers/store/account-deals.ts';
import { Database } from '#workers/store/database.ts';
import { readDeals } from '#workers/store/statement-content.ts';
import { pullDeals, type DealServer } from './deal-puller.ts';

const hourMs = 3_600_000;
/** In winter, by a broker's clock that is two hours ahead. */
const nowMs = Date.UTC(2026, 0, 20, 12);
const away = fail({ code: 'server.unavailable', detail: '' } as const);

let database: Database;
let followed: FollowedBook | null = null;
let count = 0;
beforeEach(async () => {
  database = new Database(`deal-puller-${count++}`);
  await database.replicaMeta.put({ key: 'owner', value: 'me' });
});
afterEach(async () => {
  followed?.end();
  followed = null;
  database.close();
  await database.delete();
});

function account(parts: Partial<AccountView> = {}): AccountView {
  return {
    ...{ accountId: 'a', name: 'Main', kind: 'mt5', state: 'paired', haltReason: null },
    ...{ isSimulated: false, limits: usualLimits, paper: null, exchange: null },
    ...{ pairUntilMs: null, createdMs: 0 },
    broker: {
      ...{ login: '100', brokerServer: 'Demo', currency: 'EUR', leverage: 30, mode: 'hedging' },
      ...{ isDemo: true, isTradeAllowed: true, balance: 0, equity: 0, margin: 0, freeMargin: 0 },
    },
    health: {
      ...{ isOnline: true, lastHeardMs: nowMs, latencyMs: 1, pingUs: 1, isConnected: true },
      ...{ isTradeAllowed: true, queue: 0, dropped: 0, positions: 0, reconciledMs: null },
      serverOffsetMs: 2 * hourMs - 140,
    },
    ...parts,
  };
}

/** Pairs of an opening and a closing, and a payment before each tenth; several are of one moment. */
function dealt(numbers: readonly number[]): AccountDeal[] {
  return numbers.map((at) => {
    const isOpening = at % 2 === 0;
    return {
      ...{ deal: String(at + 5), order: String(at), position: String(at - (at % 2)), comment: '' },
      ...{ symbol: 'EURUSD', kind: isOpening ? 'buy' : 'sell', entry: isOpening ? 'in' : 'out' },
      ...{ volumeLots: 0.1, price: 1.1, commission: -0.5, swap: 0, profit: isOpening ? 0 : at },
      ...{ reason: 'client', sl: isOpening ? 1.09 : null, tp: null },
      serverMs: Date.UTC(2025, 10, 3) + Math.floor(at / 3) * 7 * hourMs,
    } as AccountDeal;
  });
}
const numbers = (length: number) => Array.from({ length }, (_, at) => at);

const isAfter = (deal: AccountDeal, { ms, id }: DealPlace): boolean =>
  deal.serverMs > ms || (deal.serverMs === ms && deal.deal > id);
const inOrder = (a: AccountDeal, b: AccountDeal): number =>
  a.serverMs - b.serverMs || (a.deal < b.deal ? -1 : 1);

/** As the server does it; `trouble` is asked before each answer what becomes of it. */
function serverOf(
  deals: () => readonly AccountDeal[],
  trouble: (answer: number) => 'cut' | 'again' | 'shuffled' | 'other' | null = () => null,
) {
  const asked: (DealPlace | null)[] = [];
  let before: DealPlace | null = null;
  const server: DealServer = {
    accounts: async () => ok([account()]),
    async deals({ after }) {
      const what = trouble(asked.length);
      asked.push(after);
      if (what === 'cut') return away;
      const place = what === 'again' ? before : after;
      before = after;
      const rows = deals()
        .filter((deal) => place === null || isAfter(deal, place))
        .toSorted(inOrder)
        .slice(0, 7);
      const last = rows.length === 7 ? rows.at(-1)! : null;
      const told = what === 'shuffled' ? rows.toReversed() : rows;
      return ok({
        userId: what === 'other' ? 'somebody else' : 'me',
        deals: what === 'again' ? [...told, ...told] : told,
        after: last && { ms: last.serverMs, id: last.deal },
      });
    },
  };
  return { server, asked };
}

const pull = (server: DealServer) => pullDeals({ database, server, nowMs: () => nowMs }, null);

async function here() {
  const months = await database.dealMonths.toArray();
  const deals = months.flatMap(({ bytes }) => [...(readDeals(bytes) ?? [])]);
  return deals.sort((a, b) => Number(a.deal) - Number(b.deal));
}
const ids = async () => (await here()).map(({ deal }) => deal);
const all = (length: number) => numbers(length).map((at) => String(at + 5));

describe('deals of a connected account', () => {
  it('come all, each once and by UTC, and again only what may have come late', async () => {
    const { server, asked } = serverOf(() => dealt(numbers(60)));
    await pull(server);
    expect(await ids()).toEqual(all(60));
    const [first] = await here();
    expect(first).toMatchObject({
      ...{ account: '100@Demo', atMs: Date.UTC(2025, 10, 2, 22), sl: 1.09, fee: 0 },
    });
    const before = await database.dealAccounts.get('a');
    expect(before).toMatchObject({ name: 'Main', currency: 'EUR', deals: 60, isRemoved: false });
    const pages = asked.length;
    await pull(server);
    expect(asked.length).toBe(pages + 1);
    expect(await database.dealAccounts.get('a')).toEqual(before);
  });

  it('are all there in the end, wherever it is cut off and whatever is told twice', async () => {
    const troubles = fc.array(
      fc.constantFrom('cut', 'again', 'shuffled', null, null, null, 'cut' as const),
      { maxLength: 25 },
    );
    await fc.assert(
      fc.asyncProperty(troubles, fc.nat(60), async (what, first) => {
        await Promise.all([database.dealAccounts.clear(), database.dealMonths.clear()]);
        let there = first;
        let answers = 0;
        const { server } = serverOf(
          () => dealt(numbers(there)),
          () => what[answers++] ?? null,
        );
        for (let round = 0; round < 8; round++) {
          await pull(server);
          // What came meanwhile.
          there = Math.min(60, there + 9);
        }
        answers = what.length;
        await pull(server);
        expect(await ids()).toEqual(all(there));
      }),
      { numRuns: 12 },
    );
  });

  it('that come late are found, also where it was cut off between', async () => {
    for (const isCut of [false, true]) {
      await Promise.all([database.dealAccounts.clear(), database.dealMonths.clear()]);
      let deals = dealt(numbers(40)).map((deal, at) => ({
        ...deal,
        serverMs: nowMs + at * 60_000,
      }));
      // Of half an hour before the last, of which the server hears only later.
      const late = { ...deals[39]!, deal: '999', serverMs: nowMs + 9.5 * 60_000 };
      const { server } = serverOf(
        () => deals,
        (answer) => (isCut && answer === 5 ? 'cut' : null),
      );
      await pull(server);
      deals = [...deals, late];
      await pull(server);
      expect(await ids()).toEqual([...all(40), '999']);
    }
  });

  it('of somebody else stay away, and so does everything once the database is another’s', async () => {
    await pull(
      serverOf(
        () => dealt(numbers(30)),
        () => 'other',
      ).server,
    );
    expect(await ids()).toEqual([]);
    const { server } = serverOf(
      () => dealt(numbers(30)),
      (answer) => (answer === 2 ? 'other' : null),
    );
    await pull(server);
    expect(await ids()).toHaveLength(14);
    await database.replicaMeta.put({ key: 'owner', value: 'another' });
    await pull(serverOf(() => dealt(numbers(30))).server);
    expect(await ids()).toHaveLength(14);
  });

  it('stay when the server has them no more, and when the account is taken away', async () => {
    await pull(serverOf(() => dealt(numbers(20))).server);
    const { server } = serverOf(() => []);
    await pull(server);
    expect(await ids()).toEqual(all(20));
    const other = account({ accountId: 'b', broker: null });
    await pull({ ...server, accounts: async () => ok([other]) });
    expect(await ids()).toEqual(all(20));
    expect(await database.dealAccounts.get('a')).toMatchObject({ isRemoved: true, deals: 20 });
  });

  it('are read anew when the broker’s clock turns out to be another', async () => {
    const { server } = serverOf(() => dealt(numbers(20)));
    await pull(server);
    const other = account();
    const health = { ...other.health!, serverOffsetMs: 5 * hourMs };
    await pull({ ...server, accounts: async () => ok([{ ...other, health }]) });
    expect(await ids()).toEqual(all(20));
    expect((await here())[0]!.atMs).toBe(Date.UTC(2025, 10, 2, 19));
  });
});

describe('the journal', () => {
  async function trips() {
    followed ??= followBook(database);
    const book = await followed.ready();
    return book.ok ? book.value.all() : [];
  }

  it('counts a deal once that a statement and the account both tell', async () => {
    const told = dealt(numbers(20));
    await pull(serverOf(() => told).server);
    const deals = told
      .slice(0, 11)
      .map(({ serverMs, reason, ...deal }) =>
        madeDeal({ ...deal, account: '100@Demo', position: '', atMs: serverMs - 2 * hourMs }),
      );
    const read = {
      ...{
        format: 'mt5-html',
        account: '100@Demo',
        currency: 'EUR',
        statedZone: null,
        timesAreUtc: false,
        deals,
      },
      ...{ skipped: [], skippedByReason: {}, startBalance: 0, endBalance: 12 },
      ...{ balanceFault: null, isCut: false },
    };
    const parts = { fileName: 'a.html', read, choice: { zone: 'UTC' }, id: 's', nowMs: 9 };
    await keepStatement(database, parts);
    const found = await trips();
    expect(found.map(({ id }) => id)).toEqual(numbers(10).map((pair) => `100@Demo ${2 * pair}`));
    expect(found.reduce((sum, { net }) => sum + net, 0)).toBeCloseTo(100 - 20 * 0.5, 8);
    expect(found[0]).toMatchObject({
      currency: 'EUR',
      sl: 1.09,
      deals: ['100@Demo 5', '100@Demo 6'],
    });
    expect(followed!.accountNames()).toEqual({ '100@Demo': 'Main' });
  });

  it('does without an account that is left out, until it is taken back', async () => {
    await pull(serverOf(() => dealt(numbers(20))).server);
    await leaveOut(database, 'a', true);
    expect(await trips()).toEqual([]);
    // What comes meanwhile changes nothing of it.
    await pull(serverOf(() => dealt(numbers(24))).server);
    expect((await database.dealAccounts.get('a'))?.isLeftOut).toBe(true);
    followed!.end();
    followed = null;
    await leaveOut(database, 'a', false);
    expect(await trips()).toHaveLength(12);
  });
});
