/**
 * A transaction of an account that reads from a source and gathers what is to be written.
 *
 * What was saved is seen by later reads of the same transaction; all of it is written at its end,
 * a statement for each kind of thing however many there are. Both stores are built on it, so that
 * what a test sees in memory is what Postgres does.
 */
import type { AuditAction } from '#core/identity/audit-actions.ts';
import type { Deal } from '#core/broker/book.ts';
import type { Instrument } from '#core/broker/instrument.ts';
import { finalStates, type Intent } from '#core/broker/intent.ts';
import type {
  DealsWanted,
  HeldOrder,
  HeldPosition,
  HeldTrail,
  IntentEvent,
  KeptRequest,
  OrderTx,
  TradingAccount,
} from './order-store.ts';

/** What a store can be asked while a transaction is open. */
export interface TxSource {
  readonly account: TradingAccount;
  instruments(symbols: readonly string[]): Promise<readonly Instrument[]>;
  request(requestId: string): Promise<KeptRequest | null>;
  intents(ids: readonly string[]): Promise<readonly Intent[]>;
  openIntents(): Promise<readonly Intent[]>;
  intentsOf(magics: readonly string[], orders: readonly string[]): Promise<readonly Intent[]>;
  positions(): Promise<readonly HeldPosition[]>;
  orders(): Promise<readonly HeldOrder[]>;
  trails(): Promise<readonly HeldTrail[]>;
  /** Writes at once those that were not there yet, and answers which. */
  addDeals(deals: readonly Deal[]): Promise<readonly Deal[]>;
  dealsOf(what: DealsWanted): Promise<readonly Deal[]>;
}

export type AccountChange = Partial<Omit<TradingAccount, 'accountId' | 'kind'>>;

export interface Notice {
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface AuditNote {
  readonly action: AuditAction;
  readonly detail: Readonly<Record<string, string | number | boolean>>;
}

/** All that a transaction leaves to be written; null = removed. */
export interface TxChanges {
  readonly account: AccountChange;
  /** Null = as they were. */
  readonly instruments: readonly Instrument[] | null;
  readonly requests: readonly KeptRequest[];
  readonly intents: readonly Intent[];
  readonly positions: ReadonlyMap<string, HeldPosition | null>;
  readonly orders: ReadonlyMap<string, HeldOrder | null>;
  readonly trails: ReadonlyMap<string, HeldTrail | null>;
  readonly events: readonly IntentEvent[];
  readonly alerts: readonly Notice[];
  readonly audits: readonly AuditNote[];
  readonly equity: readonly { atMs: number; balance: number; equity: number }[];
  readonly hasNewDeals: boolean;
}

export interface GatheredTx {
  readonly tx: OrderTx;
  changes(): TxChanges;
}

/** Items by id, with what this transaction did to them laid over what the source knows. */
interface Layer<T> {
  all(): Promise<readonly T[]>;
  set(id: string, item: T | null): void;
  changed(): ReadonlyMap<string, T | null>;
}

/** Most transactions change one kind of thing or none. */
const none: ReadonlyMap<string, never> = new Map<string, never>();

function layer<T>(read: () => Promise<readonly T[]>, idOf: (item: T) => string): Layer<T> {
  let changed: Map<string, T | null> | null = null;
  let known: Promise<readonly T[]> | null = null;
  return {
    changed: () => changed ?? none,
    set: (id, item) => void (changed ??= new Map()).set(id, item),
    async all() {
      const before = await (known ??= read());
      if (!changed) return before;
      const items = new Map<string, T | null>(before.map((item) => [idOf(item), item]));
      for (const [id, item] of changed) items.set(id, item);
      return [...items.values()].filter((item) => item !== null);
    },
  };
}

export function gatherTx(source: TxSource): GatheredTx {
  const positions = layer(source.positions, ({ position }) => position);
  const orders = layer(source.orders, ({ order }) => order);
  const trails = layer(source.trails, ({ position }) => position);
  const intents = intentLayer(source);
  let accountChange: AccountChange = {};
  const [requests, events, alerts, audits, equity] = [
    [] as KeptRequest[],
    [] as IntentEvent[],
    [] as Notice[],
    [] as AuditNote[],
    [] as TxChanges['equity'][number][],
  ];
  let hasNewDeals = false;
  let instruments: readonly Instrument[] | null = null;

  // Without accessors or spreads in the literal, since it is made anew for each transaction.
  const tx: Omit<OrderTx, 'account'> & { account: TradingAccount } = {
    account: source.account,
    async saveAccount(change) {
      accountChange = { ...accountChange, ...change };
      tx.account = { ...tx.account, ...change };
    },
    instruments: async (symbols) =>
      instruments?.filter(({ symbol }) => symbols.includes(symbol)) ?? source.instruments(symbols),
    async saveInstruments(all) {
      instruments = all;
    },
    request: async (id) =>
      requests.find(({ requestId }) => requestId === id) ?? (await source.request(id)),
    async addRequest(request) {
      requests.push(request);
    },
    intents: intents.reads.intents,
    openIntents: intents.reads.openIntents,
    intentsOf: intents.reads.intentsOf,
    saveIntent: intents.reads.saveIntent,
    positions: positions.all,
    savePosition: async (position) => positions.set(position.position, position),
    removePosition: async (position) => positions.set(position, null),
    orders: orders.all,
    saveOrder: async (order) => orders.set(order.order, order),
    removeOrder: async (order) => orders.set(order, null),
    trails: trails.all,
    saveTrail: async (trail) => trails.set(trail.position, trail),
    removeTrail: async (position) => trails.set(position, null),
    async addDeals(deals) {
      const added = deals.length === 0 ? [] : await source.addDeals(deals);
      hasNewDeals ||= added.length > 0;
      return added;
    },
    dealsOf: source.dealsOf,
    async addEvent(event) {
      events.push(event);
    },
    async alert(name, detail) {
      alerts.push({ name, detail });
    },
    async audit(action, detail) {
      audits.push({ action, detail });
    },
    async addEquity(atMs, balance, worth) {
      equity.push({ atMs, balance, equity: worth });
    },
  };
  return {
    tx,
    changes: () => ({
      account: accountChange,
      ...{ instruments, requests, events, alerts, audits, equity, hasNewDeals },
      intents: [...intents.saved.values()],
      positions: positions.changed(),
      orders: orders.changed(),
      trails: trails.changed(),
    }),
  };
}

/** Nothing else changes the account meanwhile: what was read once need not be read again. */
function intentLayer(source: TxSource) {
  const saved = new Map<string, Intent>();
  const known = new Map<string, Intent>();
  let open: Promise<readonly Intent[]> | null = null;
  const latest = (found: readonly Intent[]) => {
    for (const intent of found) if (!known.has(intent.id)) known.set(intent.id, intent);
    return found.map((intent) => saved.get(intent.id) ?? intent);
  };
  /** Besides, those that were saved here and that the source cannot know to belong to these. */
  const withSaved = (found: readonly Intent[], wanted: (intent: Intent) => boolean) => {
    if (saved.size === 0) return found;
    const ids = new Set(found.map(({ id }) => id));
    const more = [...saved.values()].filter((intent) => !ids.has(intent.id) && wanted(intent));
    return [...found, ...more];
  };

  const reads: Pick<OrderTx, 'intents' | 'openIntents' | 'intentsOf' | 'saveIntent'> = {
    async intents(ids) {
      const missing = ids.filter((id) => !saved.has(id) && !known.has(id));
      if (missing.length > 0) latest(await source.intents(missing));
      return ids.flatMap((id) => saved.get(id) ?? known.get(id) ?? []);
    },
    async openIntents() {
      const found = latest(await (open ??= source.openIntents()));
      const left = withSaved(found, () => true).filter(({ state }) => !finalStates.has(state));
      return isInOrder(left) ? left : left.sort((a, b) => a.createdMs - b.createdMs);
    },
    async intentsOf(magics, orders) {
      if (magics.length === 0 && orders.length === 0) return [];
      const found = latest(await source.intentsOf(magics, orders));
      return withSaved(found, (intent) => isOf(intent, magics, orders));
    },
    async saveIntent(intent) {
      saved.set(intent.id, intent);
    },
  };
  return { reads, saved };
}

const isInOrder = (intents: readonly Intent[]): boolean =>
  intents.every(({ createdMs }, k) => k === 0 || intents[k - 1]!.createdMs <= createdMs);

/** Whether the intent bears one of these magic numbers, now or earlier, or one of these orders. */
export function isOf(
  intent: Intent,
  magics: readonly string[],
  orders: readonly string[],
): boolean {
  return (
    magics.includes(intent.magic) ||
    intent.earlierMagics.some((magic) => magics.includes(magic)) ||
    (intent.order !== null && orders.includes(intent.order))
  );
}
