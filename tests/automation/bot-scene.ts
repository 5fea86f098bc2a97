/** A trader with a paper account on a real server, and bots on it. */
import { randomUUID } from 'node:crypto';
import type { BotDetail, BotEventView, BotView } from '../../core/automation/bot-views.ts';
import type { AccountView, BookView } from '../../core/broker/views.ts';
import type { Visitor } from '../accounts/visitor.ts';
import { until } from '../server-process.ts';

/** Turns with every bar, so that much happens in few. */
export const busySource = `
enter long when close > close[1]
enter short when close < close[1]
size 0.02 lots
`;

/** Moves its stop and takes a part of what it holds as soon as price gives it any reason to. */
export const tendedSource = `
enter long when close > close[1]
enter short when close < close[1]
trail 3 pips
take 50% at 0.1 pips
size 0.02 lots
`;

/** Goes in and out by turns, and counts the bars that it was asked at. */
export const countingCode = `
let asked = 0;
export function next(ctx) {
  asked++;
  console.log('asked', asked);
  if (ctx.position) ctx.exit();
  else ctx.buy({ lots: 0.02 });
}
`;

export interface BotTrader {
  readonly who: Visitor;
  readonly accountId: string;
  book(): Promise<BookView>;
  /** Answers its id. */
  start(change?: Readonly<Record<string, unknown>>): Promise<string>;
  one(botId: string): Promise<BotDetail>;
  list(): Promise<readonly BotView[]>;
  log(botId: string): Promise<readonly BotEventView[]>;
}

/** On the first paper account, or another one of the trader. */
export async function botTrader(who: Visitor, own?: string): Promise<BotTrader> {
  const accountId = own ?? (await firstPaper(who));
  const book = () => who.get<BookView & object>('orders.book', { accountId, symbols: ['EURUSD'] });
  await until(async () => (await book()).quotes.some(({ symbol }) => symbol === 'EURUSD'));
  return {
    ...{ who, accountId, book },
    async start(change = {}) {
      const { botId } = await who.post<{ botId: string }>('bots.start', {
        ...startInput(accountId),
        ...change,
      });
      return botId;
    },
    one: (botId) => who.get<BotDetail & object>('bots.one', { botId }),
    list: async () => (await who.get<{ bots: BotView[] }>('bots.list')).bots,
    log: async (botId) => (await who.get<{ events: BotEventView[] }>('bots.log', { botId })).events,
  };
}

async function firstPaper(who: Visitor): Promise<string> {
  const { accounts } = await who.get<{ accounts: AccountView[] }>('terminals.list');
  return accounts.find(({ name }) => name.includes('hedging'))!.accountId;
}

export function startInput(accountId: string) {
  return {
    ...{ botId: randomUUID(), accountId, name: 'Turning', symbol: 'EURUSD', timeframe: 'S1' },
    strategy: {
      ...{ name: 'Turning', strategyId: null, source: busySource, inputs: {} },
      settings: { margin: 0.01 },
    },
    capital: 10_000,
    limits: { volumeLots: 1, open: 5, dayLossMoney: null, dayLossRatio: 0.9, dayOrders: 1_000 },
    protections: [] as object[],
    ...{ history: null, isReal: false },
  };
}
