/**
 * Accounts, intents and books in memory, as Postgres would keep them: transactions of an account
 * take turns, what is committed is never lost, and what is not is never seen.
 *
 * A crash is `dump()` and a new store over it. `atAwait` is called wherever the real store waits
 * for Postgres; what it throws ends the transaction as a lost connection would: before `committed`
 * nothing of it is there, at `committed` all of it is, though nobody was told.
 */
import type { Deal } from '../../core/broker/book.ts';
import type { Instrument } from '../../core/broker/instrument.ts';
import { finalStates, type Intent } from '../../core/broker/intent.ts';
import { usualLimits } from '../../core/risk/limits.ts';
import {
  gatherTx,
  isOf,
  type AuditNote,
  type Notice,
  type TxChanges,
  type TxSource,
} from '../../sync/orders/gathered-tx.ts';
import type {
  HeldOrder,
  HeldPosition,
  HeldTrail,
  IntentEvent,
  KeptRequest,
  OrderStore,
  TradingAccount,
} from '../../sync/orders/order-store.ts';

export type AwaitPoint = 'begin' | 'read' | 'commit' | 'committed';

/** What is kept of one account; its values never change, only which of them are in it. */
export interface KeptAccount {
  readonly account: TradingAccount;
  readonly instruments: readonly Instrument[];
  readonly requests: ReadonlyMap<string, KeptRequest>;
  readonly intents: ReadonlyMap<string, Intent>;
  readonly positions: ReadonlyMap<string, HeldPosition>;
  readonly orders: ReadonlyMap<string, HeldOrder>;
  readonly trails: ReadonlyMap<string, HeldTrail>;
  readonly deals: ReadonlyMap<string, Deal>;
  readonly events: readonly IntentEvent[];
  readonly alerts: readonly Notice[];
  readonly audits: readonly AuditNote[];
  readonly equity: readonly { atMs: number; balance: number; equity: number }[];
}

export type MemoryDump = ReadonlyMap<string, KeptAccount>;

export interface MemoryStoreOptions {
  readonly load?: MemoryDump;
  readonly atAwait?: (point: AwaitPoint, accountId: string) => void | Promise<void>;
  /** After each commit, with what it changed: where Postgres would notify. */
  readonly onCommit?: (accountId: string, changes: TxChanges) => void;
}

export interface MemoryStore extends OrderStore {
  addAccount(account: TradingAccount, instruments?: readonly Instrument[]): void;
  /** What is committed now of an account; throws where there is none. */
  kept(accountId: string): KeptAccount;
  dump(): MemoryDump;
}

/**
 * One turn of the queue besides the one that `atAwait` takes: how many there are decides what two
 * that wait at once do first, and with it what becomes of a seed.
 */
const onTheWay = Promise.resolve();

export function memoryStore(options: MemoryStoreOptions = {}): MemoryStore {
  const accounts = new Map(options.load);
  const turns = new Map<string, Promise<unknown>>();
  const pass = (point: AwaitPoint, accountId: string) => options.atAwait?.(point, accountId);

  async function run<T>(
    accountId: string,
    work: (tx: ReturnType<typeof gatherTx>['tx']) => Promise<T>,
  ): Promise<T | null> {
    await pass('begin', accountId);
    await onTheWay;
    const before = accounts.get(accountId);
    if (!before) return null;
    const added = new Map<string, Deal>();
    const { tx, changes } = gatherTx(sourceOf(before, added, () => pass('read', accountId)));
    const result = await work(tx);
    await pass('commit', accountId);
    await onTheWay;
    const made = changes();
    accounts.set(accountId, after(before, made, added));
    options.onCommit?.(accountId, made);
    await pass('committed', accountId);
    await onTheWay;
    return result;
  }

  return {
    transact(accountId, work) {
      const before = turns.get(accountId) ?? Promise.resolve();
      const mine = before.then(() => run(accountId, work));
      turns.set(
        accountId,
        mine.catch(() => undefined),
      );
      return mine;
    },
    addAccount: (account, instruments = []) =>
      void accounts.set(account.accountId, emptyAccount(account, instruments)),
    kept(accountId) {
      const kept = accounts.get(accountId);
      if (!kept) throw new Error('there is no such account');
      return kept;
    },
    dump: () => new Map(accounts),
  };
}

/** A paper account that was just paired; change what a test is about. */
export function madeAccount(
  accountId: string,
  change: Partial<TradingAccount> = {},
): TradingAccount {
  return {
    accountId,
    kind: 'paper',
    state: 'paired',
    haltReason: null,
    epoch: 0,
    session: null,
    serverId: null,
    bound: null,
    limits: usualLimits,
    broker: null,
    peakEquity: 0,
    dealCursor: { serverMs: 0, deal: '0' },
    reconciledMs: null,
    ...change,
  };
}

function emptyAccount(account: TradingAccount, instruments: readonly Instrument[]): KeptAccount {
  return {
    ...{ account, instruments },
    requests: new Map(),
    intents: new Map(),
    positions: new Map(),
    orders: new Map(),
    trails: new Map(),
    deals: new Map(),
    events: [],
    alerts: [],
    audits: [],
    equity: [],
  };
}

function sourceOf(
  kept: KeptAccount,
  added: Map<string, Deal>,
  pause: () => void | Promise<void>,
): TxSource {
  const read = async <T>(answer: () => T): Promise<T> => {
    await pause();
    await onTheWay;
    return answer();
  };
  const intents = (wanted: (intent: Intent) => boolean) =>
    read(() => {
      const found: Intent[] = [];
      for (const intent of kept.intents.values()) if (wanted(intent)) found.push(intent);
      return found;
    });
  return {
    account: kept.account,
    instruments: (symbols) =>
      read(() => kept.instruments.filter(({ symbol }) => symbols.includes(symbol))),
    request: (id) => read(() => kept.requests.get(id) ?? null),
    intents: (ids) => read(() => ids.flatMap((id) => kept.intents.get(id) ?? [])),
    openIntents: async () =>
      (await intents(({ state }) => !finalStates.has(state))).sort(
        (a, b) => a.createdMs - b.createdMs,
      ),
    intentsOf: (magics, orders) => intents((intent) => isOf(intent, magics, orders)),
    positions: () => read(() => [...kept.positions.values()]),
    orders: () => read(() => [...kept.orders.values()]),
    trails: () => read(() => [...kept.trails.values()]),
    addDeals: (deals) =>
      read(() => {
        const fresh = new Map(
          deals
            .filter(({ deal }) => !kept.deals.has(deal) && !added.has(deal))
            .map((deal) => [deal.deal, deal]),
        );
        for (const [id, deal] of fresh) added.set(id, deal);
        return [...fresh.values()];
      }),
    dealsOf: (what) =>
      read(() =>
        [...kept.deals.values(), ...added.values()].filter((deal) => {
          if ('positions' in what) return what.positions.includes(deal.position);
          return 'position' in what ? deal.position === what.position : deal.order === what.order;
        }),
      ),
  };
}

function after(
  before: KeptAccount,
  made: TxChanges,
  added: ReadonlyMap<string, Deal>,
): KeptAccount {
  return {
    account: { ...before.account, ...made.account },
    instruments: made.instruments ?? before.instruments,
    requests: over(
      before.requests,
      made.requests.map((each) => [each.requestId, each]),
    ),
    intents: over(
      before.intents,
      made.intents.map((each) => [each.id, each]),
    ),
    positions: over(before.positions, [...made.positions]),
    orders: over(before.orders, [...made.orders]),
    trails: over(before.trails, [...made.trails]),
    deals: over(before.deals, [...added]),
    events: joined(before.events, made.events),
    alerts: joined(before.alerts, made.alerts),
    audits: joined(before.audits, made.audits),
    equity: joined(before.equity, made.equity),
  };
}

const joined = <T>(before: readonly T[], more: readonly T[]): readonly T[] =>
  more.length === 0 ? before : [...before, ...more];

function over<T>(
  before: ReadonlyMap<string, T>,
  changes: readonly (readonly [string, T | null])[],
): ReadonlyMap<string, T> {
  if (changes.length === 0) return before;
  const made = new Map(before);
  for (const [id, item] of changes) {
    if (item === null) made.delete(id);
    else made.set(id, item);
  }
  return made;
}
