/** What has to be so of an account at rest: as the server keeps it, and as its broker does. */
import type { Sql } from 'postgres';
import { expect } from 'vitest';
import { finalStates, type Intent } from '../../core/broker/intent.ts';
import { verifyChain } from '../../sync/audit/chain-verification.ts';
import type { Queries } from '../../sync/database/queries.ts';

export interface Kept {
  readonly intents: readonly Intent[];
  /** Ids of intents, by request. */
  readonly requests: ReadonlyMap<string, readonly string[]>;
  readonly deals: readonly KeptDeal[];
  readonly positions: readonly string[];
  readonly balance: number | null;
  readonly session: string | null;
  readonly reconciledMs: number | null;
  readonly broker: PaperSide;
}

interface KeptDeal {
  readonly deal: string;
  readonly magic: string;
  readonly order: string;
  readonly kind: string;
  readonly volumeLots: number;
  readonly money: number;
}

interface PaperSide {
  readonly deals: readonly KeptDeal[];
  readonly positions: readonly string[];
  readonly balance: number | null;
  /** The ids of intents of which only the intention is written down. */
  readonly unanswered: readonly string[];
}

interface PaperRow {
  readonly book: {
    readonly book: {
      readonly balanceMinor: number;
      readonly positions: readonly { readonly position: number; readonly steps: number }[];
      readonly deals: readonly (KeptDeal & {
        readonly profit: number;
        readonly swap: number;
        readonly commission: number;
      })[];
    } | null;
  };
  readonly journal: readonly { readonly id: string; readonly result: object | null }[];
}

const lots = (steps: number): string => (steps / 100).toFixed(2);

async function brokerSide(sql: Sql, accountId: string): Promise<PaperSide> {
  const [row] = await sql<PaperRow[]>`
    select book, journal from paper_books where account_id = ${accountId}`;
  const book = row?.book.book;
  return {
    deals: (book?.deals ?? []).map(({ profit, swap, commission, ...deal }) => ({
      ...deal,
      money: profit + swap + commission,
    })),
    positions: (book?.positions ?? []).map((held) => `${held.position} ${lots(held.steps)}`).sort(),
    balance: book ? book.balanceMinor / 100 : null,
    unanswered: (row?.journal ?? []).filter(({ result }) => result === null).map(({ id }) => id),
  };
}

export async function keptOf(sql: Sql, accountId: string): Promise<Kept> {
  const broker = await brokerSide(sql, accountId);
  const intents = await sql`select * from order_intents where account_id = ${accountId}
    order by created_ms`;
  const requests = await sql<{ request_id: string; intent_ids: string[] }[]>`
    select request_id, to_jsonb(intent_ids) as intent_ids from trade_requests
    where account_id = ${accountId}`;
  const deals = await sql<KeptDeal[]>`
    select deal, magic, order_ticket as order, kind, volume_lots as "volumeLots",
      profit + swap + commission as money from deals where account_id = ${accountId}`;
  const items = await sql<{ facts: { position: string; volumeLots: number } }[]>`
    select facts from broker_items where account_id = ${accountId} and kind = 'position'`;
  const [account] = await sql<
    { session: string | null; balance: number | null; reconciled_ms: string | null }[]
  >`select session, (broker ->> 'balance')::float8 as balance, reconciled_ms
    from trading_accounts where account_id = ${accountId}`;
  return {
    intents: intents.map(({ intent_id: id, request_id: requestId, state, body, facts }) => ({
      ...{ id, accountId, requestId, state, body },
      ...facts,
    })),
    requests: new Map(requests.map((row) => [row.request_id, row.intent_ids])),
    deals,
    positions: items.map(({ facts }) => `${facts.position} ${facts.volumeLots.toFixed(2)}`).sort(),
    balance: account?.balance ?? null,
    session: account?.session ?? null,
    reconciledMs: account?.reconciled_ms ? Number(account.reconciled_ms) : null,
    broker,
  };
}

const sum = (deals: readonly KeptDeal[]): string =>
  deals.reduce((total, { money }) => total + money, 0).toFixed(2);

/** Without the deposit, which a broker that was asked for nothing yet has not written down. */
const sorted = (deals: readonly KeptDeal[]): readonly string[] =>
  deals
    .filter(({ kind }) => kind !== 'balance')
    .map(({ deal, magic, volumeLots }) => `${deal} ${magic} ${volumeLots}`)
    .sort();

/** Whether nothing is under way, and the server has seen all that its broker has. */
export function isAtRest(kept: Kept): boolean {
  return (
    kept.session !== null &&
    kept.intents.every(({ state }) => finalStates.has(state)) &&
    kept.positions.join() === kept.broker.positions.join() &&
    kept.deals.some(({ kind }) => kind === 'balance') &&
    sorted(kept.deals).join() === sorted(kept.broker.deals).join()
  );
}

/** Fails the test where a promise is broken. */
export function prove(kept: Kept): void {
  const { broker, intents } = kept;
  expect(sorted(kept.deals), 'every deal is known, once').toEqual(sorted(broker.deals));
  expect(kept.positions, "positions are the terminal's").toEqual(broker.positions);
  for (const intent of intents) {
    const { magic, earlierMagics, state, filledLots, reserved } = intent;
    const own = broker.deals.filter((deal) => [magic, ...earlierMagics].includes(deal.magic));
    expect(own.length, 'executed at most once').toBeLessThanOrEqual(1);
    expect(finalStates.has(state), `the fate is known, not ${state}`).toBe(true);
    expect(own.length === 1, `${state} is what the broker says`).toBe(state === 'filled');
    expect(filledLots).toBe(own[0]?.volumeLots ?? 0);
    expect(reserved.margin, 'nothing is kept free for what is over').toBe(0);
  }
  const balance = (broker.balance ?? kept.balance)?.toFixed(2);
  expect(sum(kept.deals), 'balance is the sum of deals').toBe(balance);
  expect(kept.balance?.toFixed(2), "balance is the broker's").toBe(balance);
}

export async function proveTrail(queries: Queries, userId: string): Promise<void> {
  expect((await verifyChain(queries, userId)).brokenAtSeq, 'the trail is whole').toBe(null);
}
