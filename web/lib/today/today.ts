/** How things stand today: each account's money, what it stands to lose, bots and alerts. */
import type { AlertView, InboxItem, InboxPage } from '#core/alerts/alert-views.ts';
import type { BotView } from '#core/automation/bot-views.ts';
import type { Instrument, Quote } from '#core/broker/instrument.ts';
import type { AccountView, EquityPoint, PositionView, SeenEquityView } from '#core/broker/views.ts';
import { moneyOfMove, wayFor } from '#core/risk/move.ts';
import { closingPrice } from '../trading/floating.ts';
import type { Holding } from '../trading/portfolio/holdings.svelte.ts';
import { marginLevel } from '../trading/portfolio/totals.ts';
import { accountState, type AccountState } from '../words/connections.ts';
import { say } from '../words/language.ts';

export interface AccountToday {
  readonly accountId: string;
  readonly name: string;
  readonly currency: string;
  readonly isSimulated: boolean;
  readonly equity: number;
  /** Change of equity since midnight, or since it was first seen today, with money paid in or out. */
  readonly result: number | null;
  readonly positions: number;
  readonly risk: OpenRisk;
  readonly marginLevel: number | null;
  readonly state: AccountState;
}

export interface BotToday {
  readonly botId: string;
  readonly name: string;
  readonly state: BotView['state'];
  /** Why it is in it, where it came by itself. */
  readonly reason: string | null;
  readonly symbol: string;
  readonly dayProfit: number;
  readonly currency: string | null;
  readonly isSimulated: boolean;
}

export interface AlertsToday {
  /** That watch for something. */
  readonly on: number;
  readonly unread: number;
  /** What was told last, the newest first. */
  readonly latest: readonly InboxItem[];
}

export interface Today {
  readonly seenMs: number;
  readonly accounts: readonly AccountToday[];
  readonly bots: readonly BotToday[];
  readonly alerts: AlertsToday;
}

export interface TodayFacts {
  readonly accounts: readonly AccountView[];
  readonly holdings: readonly Holding[];
  readonly seen: readonly SeenEquityView[];
  readonly bots: readonly BotView[];
  readonly alerts: readonly AlertView[];
  readonly told: Pick<InboxPage, 'items' | 'unread'>;
  readonly dayStartMs: number;
  readonly nowMs: number;
}

const mostTold = 4;

export function todayOf(facts: TodayFacts): Today {
  const { accounts, holdings, seen, bots, alerts, told, dayStartMs, nowMs } = facts;
  return {
    seenMs: nowMs,
    accounts: holdings.map((holding): AccountToday => {
      const { accountId, name, currency, isSimulated, equity, positions } = holding;
      const view = accounts.find((each) => each.accountId === accountId);
      const points = seen.find((each) => each.accountId === accountId)?.points ?? [];
      const before = equityAt(points, dayStartMs);
      return {
        ...{ accountId, name, currency, isSimulated, equity, positions: positions.length },
        result: before === null ? null : equity - before,
        risk: openRisk(positions as readonly PositionView[], holding.instruments, holding.quotes),
        marginLevel: marginLevel(equity, holding.margin),
        state: view ? accountState(view) : unknownState,
      };
    }),
    bots: bots
      .filter(({ state }) => state !== 'draft')
      .map(({ botId, name, state, reason, setup, dayProfit, currency, isSimulated }) => ({
        ...{ botId, name, state, reason, dayProfit, currency, isSimulated },
        symbol: setup.symbol,
      })),
    alerts: {
      on: alerts.filter(({ state }) => state === 'on').length,
      unread: told.unread,
      latest: told.items.slice(0, mostTold),
    },
  };
}

/** Of an account that the server does not speak of now. */
export const unknownState: AccountState = { short: say`Not known now`, long: '', tone: 'quiet' };

/** The last that was seen until then; of an account seen later, the first. */
export function equityAt(points: readonly EquityPoint[], ms: number): number | null {
  const before = points.findLast(({ atMs }) => atMs <= ms);
  return (before ?? points[0])?.equity ?? null;
}

export interface OpenRisk {
  /** Account money that is lost from now on if every stop is hit at its price. */
  readonly atStops: number;
  /** Positions that nothing stops, or whose symbol the broker told nothing of. */
  readonly withoutStop: number;
}

/** A stop that locks a profit in still has something to lose: from the price now to the stop. */
export function openRisk(
  positions: readonly Pick<PositionView, 'symbol' | 'side' | 'volumeLots' | 'openPrice' | 'sl'>[],
  instruments: ReadonlyMap<string, Instrument>,
  quotes: ReadonlyMap<string, Quote>,
): OpenRisk {
  let atStops = 0;
  let withoutStop = 0;
  for (const { symbol, side, volumeLots, openPrice, sl } of positions) {
    const instrument = instruments.get(symbol);
    if (sl === null || !instrument || instrument.tickSize <= 0) {
      withoutStop++;
      continue;
    }
    const quote = quotes.get(symbol);
    const price = quote ? closingPrice(side, quote) : openPrice;
    atStops += Math.max(0, moneyOfMove(wayFor(side, sl, price), volumeLots, instrument));
  }
  return { atStops, withoutStop };
}

const dayMs = 86_400_000;

/** When the day began by a clock that is so far ahead of UTC. */
export function dayStart(nowMs: number, aheadMs: number): number {
  return Math.floor((nowMs + aheadMs) / dayMs) * dayMs - aheadMs;
}

export interface TodayTotal {
  readonly currency: string;
  readonly isSimulated: boolean;
  readonly accounts: number;
  readonly equity: number;
  /** Of the accounts whose day is known; null without one. */
  readonly result: number | null;
  readonly risk: OpenRisk;
}

/** Money of one kind together: real and simulated never add up. Real money comes first. */
export function todayTotals(accounts: readonly AccountToday[]): readonly TodayTotal[] {
  const kinds = [...new Map(accounts.map((each) => [kindOf(each), each])).values()];
  return kinds
    .map(({ currency, isSimulated }) => {
      const list = accounts.filter((each) => kindOf(each) === kindOf({ currency, isSimulated }));
      const known = list.filter(({ result }) => result !== null);
      const sum = (of: readonly AccountToday[], value: (each: AccountToday) => number) =>
        of.reduce((total, each) => total + value(each), 0);
      return {
        ...{ currency, isSimulated, accounts: list.length },
        equity: sum(list, ({ equity }) => equity),
        result: known.length === 0 ? null : sum(known, ({ result }) => result ?? 0),
        risk: {
          atStops: sum(list, ({ risk }) => risk.atStops),
          withoutStop: sum(list, ({ risk }) => risk.withoutStop),
        },
      };
    })
    .sort((a, b) => Number(a.isSimulated) - Number(b.isSimulated) || b.accounts - a.accounts);
}

const kindOf = ({ currency, isSimulated }: Pick<AccountToday, 'currency' | 'isSimulated'>) =>
  `${currency} ${isSimulated}`;
