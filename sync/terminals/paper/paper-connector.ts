/**
 * A connector's session, as the Expert Advisor holds one: whatever the link does, the broker is
 * asked at most once for an intent.
 *
 * One thing after the other, in the order in which it was heard. A command is refused where it is
 * stale, or too far ahead to be true; where the terminal may only be read, or is another account's;
 * where the price is worse than was allowed. Its id is looked up in the journal, then its magic
 * number at the broker: what is found is reported and nothing done. Then INTENT is written and
 * flushed, the broker asked once, RESULT written and flushed, and only then reported.
 */
import { bookHash } from '#core/broker/book-hash.ts';
import type { Position, WorkingOrder } from '#core/broker/book.ts';
import type { BarsAnswer, Command, ServerMessage } from '#core/broker/messages.ts';
import type { BrokerBook, Connector, ConnectorOptions } from '../connector.ts';
import { carryOut, type CommandSession } from './command-run.ts';
import { fateOf } from './fates.ts';

const beatMs = 5_000;
const mostSilenceMs = 15_000;

interface SessionState extends CommandSession {
  isReadOnly: boolean;
  isClosed: boolean;
  quotesMs: number;
  symbols: readonly string[];
  heardMs: number;
  beatAtMs: number;
  quotesAtMs: number;
  queue: number;
  isLooking: boolean;
  said: Said | null;
  accountText: string;
  readonly quoteMs: Map<string, string>;
}

/** What the server was told last, by what would have to be told again. */
interface Said {
  readonly positions: ReadonlyMap<string, string>;
  readonly orders: ReadonlyMap<string, string>;
  readonly balance: number;
}

export function openConnector(options: ConnectorOptions): Connector {
  const { broker, clock, send, hangUp } = options;
  const nowMs = clock.monotonicMs();
  const state: SessionState = {
    options,
    isReadOnly: false,
    isClosed: false,
    quotesMs: 250,
    symbols: [],
    heardMs: nowMs,
    beatAtMs: nowMs,
    quotesAtMs: nowMs,
    queue: 0,
    isLooking: false,
    said: null,
    accountText: '',
    quoteMs: new Map(),
    say(message) {
      if (!state.isClosed) send(message);
    },
    drop(why) {
      if (state.isClosed) return;
      state.isClosed = true;
      hangUp(why);
    },
  };
  let chain: Promise<void> = Promise.resolve();
  const enqueue = (work: () => Promise<void>) => {
    state.queue++;
    chain = chain
      .then(() => (state.isClosed ? undefined : work()))
      // Its own journal or the broker's memory failed it: only a fresh start knows what is true.
      .catch(() => state.drop('failed'))
      .finally(() => void state.queue--);
  };
  beat(state);
  enqueue(async () => {
    const book = await broker.book();
    state.say({ t: 'account', account: book.account });
    state.say({ t: 'symbols', instruments: await broker.instruments() });
    await sayAll(state);
  });
  return {
    hear(message) {
      if (state.isClosed) return;
      state.heardMs = clock.monotonicMs();
      if (message.t === 'beat') return;
      // Commands never wait for the past.
      if (message.t === 'bars') void tellPast(state, message);
      else enqueue(() => deal(state, message));
    },
    tick() {
      if (state.isClosed) return;
      const atMs = clock.monotonicMs();
      if (atMs - state.heardMs > mostSilenceMs) return state.drop('silence');
      if (atMs - state.beatAtMs >= beatMs) {
        beat(state);
        enqueue(() => sayAccount(state));
      }
      sayQuotes(state, atMs);
      if (state.isLooking || !broker.takeChanged()) return;
      state.isLooking = true;
      enqueue(() => sayChanges(state).finally(() => (state.isLooking = false)));
    },
    idle: async () => {
      let seen;
      do {
        seen = chain;
        await seen;
      } while (seen !== chain);
    },
    close() {
      state.isClosed = true;
    },
  };
}

async function deal(state: SessionState, message: ServerMessage): Promise<void> {
  const { broker } = state.options;
  switch (message.t) {
    case 'beat':
    case 'bars':
      return;
    case 'settings':
      state.isReadOnly = message.isReadOnly;
      state.quotesMs = message.quotesMs;
      return;
    case 'subscribe':
      state.symbols = message.symbols;
      state.quoteMs.clear();
      return;
    case 'snapshot':
      return sayAll(state);
    case 'fate': {
      const fates = [];
      for (const question of message.ids) fates.push(await fateOf(state.options, question));
      // Last, so that a connection lost while looking is seen.
      const isWhole = broker.status().isConnected;
      return state.say({ t: 'fates', request: message.request, isWhole, fates });
    }
    case 'deals': {
      const page = await broker.deals(message.after, message.limit);
      return state.say({ t: 'deals', request: message.request, ...page });
    }
    default:
      return command(state, message);
  }
}

async function tellPast(
  { options, say }: SessionState,
  { t, request, ...question }: Extract<ServerMessage, { readonly t: 'bars' }>,
): Promise<void> {
  const answer = await options.bars?.(question).catch(() => null);
  // Not all there: it is asked again, and in vain where it stays so.
  say({ t, request, ...(answer ?? notLoaded) });
}

const notLoaded: BarsAnswer = {
  isWhole: false,
  hasMore: false,
  digits: 0,
  lacks: null,
  bars: [],
};

async function command(state: SessionState, message: Command): Promise<void> {
  await carryOut(state, message);
  // Over by now, it would take from the next session what that one has to say.
  if (!state.isClosed && state.options.broker.takeChanged()) await sayChanges(state);
}

function beat(state: SessionState): void {
  const { broker, clock } = state.options;
  const { serverMs, pingUs, isConnected, isTradeAllowed } = broker.status();
  const monotonicMs = clock.monotonicMs();
  state.beatAtMs = monotonicMs;
  const rest = { serverMs, pingUs, isConnected, isTradeAllowed };
  state.say({ t: 'beat', monotonicMs, ...rest, queue: state.queue, dropped: 0 });
}

/** Of the symbols asked for, those that moved; the latest only. */
function sayQuotes(state: SessionState, atMs: number): void {
  if (state.symbols.length === 0 || atMs - state.quotesAtMs < state.quotesMs) return;
  state.quotesAtMs = atMs;
  const moved: (readonly [string, number, number, number])[] = [];
  for (const symbol of state.symbols) {
    const quote = state.options.broker.quote(symbol);
    if (!quote) continue;
    const { bid, ask, serverMs } = quote;
    const text = `${bid} ${ask} ${serverMs}`;
    if (state.quoteMs.get(symbol) === text) continue;
    state.quoteMs.set(symbol, text);
    moved.push([symbol, bid, ask, serverMs]);
  }
  if (moved.length > 0) state.say({ t: 'quotes', quotes: moved });
}

async function sayAccount(state: SessionState): Promise<void> {
  const { account } = await state.options.broker.book();
  const text = JSON.stringify(account);
  if (text === state.accountText) return;
  state.accountText = text;
  state.say({ t: 'account', account });
}

async function sayAll(state: SessionState): Promise<void> {
  const book = await state.options.broker.book();
  const { account, positions, orders, isConnected } = book;
  state.said = saidOf(book);
  const hash = bookHash(positions, orders);
  state.say({ t: 'snapshot', hash, isConnected, account, positions, orders });
}

async function sayChanges(state: SessionState): Promise<void> {
  const book = await state.options.broker.book();
  // What is missing may only not be loaded; once it is, a snapshot is asked for.
  if (!state.said || !book.isConnected) return;
  const { account, positions, orders } = book;
  const before = state.said;
  const now = saidOf(book);
  state.said = now;
  const changed = <T>(all: readonly T[], id: (one: T) => string, side: 'positions' | 'orders') =>
    all.filter((one) => before[side].get(id(one)) !== now[side].get(id(one)));
  const gone = (side: 'positions' | 'orders') =>
    [...before[side].keys()].filter((id) => !now[side].has(id));
  const delta = {
    positions: changed(positions, ({ position }) => position, 'positions'),
    closedPositions: gone('positions'),
    orders: changed(orders, ({ order }) => order, 'orders'),
    endedOrders: gone('orders'),
  };
  const isSame = Object.values(delta).every((part) => part.length === 0);
  if (isSame && before.balance === now.balance) return;
  state.say({ t: 'delta', hash: bookHash(positions, orders), account, ...delta });
}

function saidOf({ positions, orders, account }: BrokerBook): Said {
  return {
    positions: new Map(positions.map((held) => [held.position, positionText(held)])),
    orders: new Map(orders.map((order) => [order.order, orderText(order)])),
    balance: account.balance,
  };
}

/** All but the profit, which moves with every quote. */
function positionText({ profit: _, ...held }: Position): string {
  return JSON.stringify(held);
}

function orderText(order: WorkingOrder): string {
  return JSON.stringify(order);
}
