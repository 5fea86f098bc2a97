/**
 * Bybit's linear contracts as a connector sees a broker: an order is found by its magic number,
 * which is its client id there and which the exchange takes only once.
 *
 * Everything is asked for at intervals. What was read counts only as a whole, and only where the
 * positions are what the executions come to: the exchange shows the two at different times.
 */
import type { BrokerAccount, Position, WorkingOrder } from '#core/broker/book.ts';
import type { BarsAnswer, BarsQuestion } from '#core/broker/messages.ts';
import { assert } from '#core/assert.ts';
import type { ConnectorBroker } from '../connector.ts';
import { instrumentPage, keyAnswer } from './bybit-shapes.ts';
import {
  accountOf,
  instrumentOf,
  isOffered,
  orderOf,
  positionOf,
  signedOf,
} from './bybit-views.ts';
import { exchangeBars } from './exchange-bars.ts';
import type { ExchangeClient } from './exchange-client.ts';
import { carryOut, findOrder } from './exchange-orders.ts';
import { exchangeQuotes, readTickers } from './exchange-quotes.ts';
import { read, readAll, readExecutions, readShown, type Shown } from './exchange-look.ts';
import type { LedgerBook } from './ledger-book.ts';
import { dealsAfter, withExecutions, withShown, type Ledger } from './trade-ledger.ts';

/** Positions that no execution explains are taken as they are after this. */
const unexplainedMs = 30_000;

export interface ExchangeBroker extends ConnectorBroker {
  /** Looks at everything; what goes wrong shows in `status`. To be called every few seconds. */
  look(): Promise<void>;
  lookAtPrices(): Promise<void>;
  bars(question: BarsQuestion): Promise<BarsAnswer>;
}

export interface ExchangeBrokerOptions {
  readonly client: ExchangeClient;
  readonly ledger: LedgerBook;
  /** Resolves once the ledger is kept. */
  flushed(): Promise<void>;
  now(): number;
  wait(ms: number): Promise<void>;
  /** Why a look failed. */
  onTrouble(why: string): void;
}

interface State {
  account: BrokerAccount;
  positions: readonly Position[];
  orders: readonly WorkingOrder[];
  /** The last look was whole. */
  isFresh: boolean;
  /** Something was asked since, so that things may be otherwise. */
  isDirty: boolean;
  hasChanged: boolean;
  pingUs: number;
  unexplainedSinceMs: number | null;
}

/** Rejects where the exchange does not answer, or the key is none. */
export async function openExchangeBroker(options: ExchangeBrokerOptions): Promise<ExchangeBroker> {
  const { client, ledger, now } = options;
  await client.setClock();
  const key = await read(await client.get('v5/user/query-api', {}), keyAnswer);
  // Such a key is worth more to a thief than trading needs: with it nothing is done.
  const canWithdraw = key.permissions.Wallet?.includes('Withdraw') === true;
  const who = { login: key.userID, isTradeAllowed: key.readOnly === 0 && !canWithdraw };
  const state: State = {
    account: accountOf({ list: [] }, who),
    ...{ positions: [], orders: [], isFresh: false, isDirty: true, hasChanged: true },
    ...{ pingUs: 0, unexplainedSinceMs: null },
  };
  let looks: Promise<void> = Promise.resolve();
  const look = () => {
    looks = looks.then(() => lookOnce(options, state, who));
    return looks;
  };
  await look();
  if (!state.isFresh) throw new Error('the exchange could not be read');
  const lookIfNeeded = () => (state.isDirty || !state.isFresh ? look() : Promise.resolve());
  const exchangeMs = () => now() + client.clockMs;
  const prices = exchangeQuotes(client, exchangeMs);
  return {
    look,
    lookAtPrices: prices.look,
    bars: (question) => exchangeBars(client, question),
    status: () => ({
      login: who.login,
      serverMs: exchangeMs(),
      pingUs: state.pingUs,
      isConnected: state.isFresh,
      isTradeAllowed: who.isTradeAllowed,
    }),
    quote: prices.quote,
    async instruments() {
      const tickers = await readTickers(client, null);
      const which = { category: 'linear', limit: 1_000 };
      const shown = await readAll(client, 'v5/market/instruments-info', which, instrumentPage);
      const asks = new Map(tickers.map(({ symbol, ask }) => [symbol, ask]));
      return shown
        .filter((each) => isOffered(each) && asks.has(each.symbol))
        .map((each) => instrumentOf(each, asks.get(each.symbol) ?? 0));
    },
    async book() {
      await lookIfNeeded();
      const { account, positions, orders, isFresh } = state;
      return { isConnected: isFresh, account, positions, orders };
    },
    async execute(command) {
      const view = { positions: state.positions, orders: state.orders, quote: prices.quote };
      if (!who.isTradeAllowed) return { ...nothing, retcode: 10027 };
      try {
        return await carryOut(options, view, command);
      } finally {
        state.isDirty = true;
        state.hasChanged = true;
      }
    },
    find: ({ magic }) => findOrder(options, magic),
    async deals(after, limit) {
      await lookIfNeeded();
      return { isWhole: state.isFresh, ...dealsAfter(ledger.read(), after, limit) };
    },
    takeChanged() {
      const { hasChanged } = state;
      state.hasChanged = false;
      return hasChanged;
    },
  };
}

const nothing = { order: null, deal: null, position: null, volumeLots: 0, price: null };

type Who = { readonly login: string; readonly isTradeAllowed: boolean };

async function lookOnce(options: ExchangeBrokerOptions, state: State, who: Who): Promise<void> {
  const { client, ledger, now } = options;
  const startedMs = now();
  state.isDirty = false;
  try {
    const shown = await readShown(client);
    const { cursorMs } = ledger.read();
    const nowMs = now() + client.clockMs;
    const executions = await readExecutions(client, { cursorMs, nowMs });
    const account = accountOf(shown.wallet, who);
    const orders = shown.orders.map(orderOf).filter((order) => order !== null);
    const taken = explained(options, state, withExecutions(ledger.read(), executions), shown);
    if (taken === null) throw new Error('the exchange: positions and executions differ');
    ledger.write(taken);
    await options.flushed();
    const positions = shown.positions.map((each) => {
      const held = taken.held[each.symbol];
      assert(held !== undefined, 'what is shown is explained');
      return positionOf(each, held);
    });
    const before = JSON.stringify([state.account.balance, state.positions, state.orders]);
    const after = JSON.stringify([account.balance, positions, orders]);
    const isFirst = !state.isFresh;
    Object.assign(state, { account, positions, orders, isFresh: true });
    if (isFirst || before !== after) state.hasChanged = true;
    // Five answers, one after the other.
    state.pingUs = Math.round(((now() - startedMs) * 1_000) / 5);
  } catch (error) {
    state.isFresh = false;
    state.isDirty = true;
    options.onTrouble(error instanceof Error ? error.message : 'unknown');
  }
}

/** The ledger where it agrees with what is shown; null while it does not. */
function explained(
  { now, client }: ExchangeBrokerOptions,
  state: State,
  ledger: Ledger,
  { positions }: Shown,
): Ledger | null {
  const shown = new Map(positions.map((each) => [each.symbol, each]));
  const symbols = [...new Set([...shown.keys(), ...Object.keys(ledger.held)])];
  const lotsOf = (symbol: string) => {
    const position = shown.get(symbol);
    return position ? signedOf(position) : 0;
  };
  const differing = symbols.filter(
    (symbol) => Math.abs(lotsOf(symbol) - (ledger.held[symbol]?.signedLots ?? 0)) > 1e-8,
  );
  if (differing.length === 0) {
    state.unexplainedSinceMs = null;
    return ledger.isAnchored ? ledger : { ...ledger, isAnchored: true };
  }
  state.unexplainedSinceMs ??= now();
  // Of a fresh ledger what is held is from before.
  const isDue = !ledger.isAnchored || now() - state.unexplainedSinceMs >= unexplainedMs;
  if (!isDue) return null;
  state.unexplainedSinceMs = null;
  const nowMs = now() + client.clockMs;
  return differing.reduce<Ledger>(
    (next, symbol) =>
      withShown(next, symbol, {
        signedLots: lotsOf(symbol),
        averagePrice: shown.get(symbol)?.avgPrice ?? 0,
        nowMs,
      }),
    { ...ledger, isAnchored: true },
  );
}
