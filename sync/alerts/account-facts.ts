/** What alerts ask of an account: its figures, its bots that ended, and how its prices are quoted. */
import { and, desc, eq, gt, inArray, isNotNull, or } from 'drizzle-orm';
import type { AccountFigure, AlertCondition } from '#core/alerts/alert.ts';
import { sideOf, type Side } from '#core/alerts/crossing.ts';
import type { BrokerAccount } from '#core/broker/book.ts';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { bots } from '../schema/bots.ts';
import { tradingAccounts } from '../schema/trading.ts';
import type { AccountKey, AlertRow } from './alert-rows.ts';
import type { Firing } from './fire.ts';

export interface AccountFacts {
  readonly broker: BrokerAccount;
  readonly peakEquity: number;
}

const mostStops = 20;

const own = ({ userId, accountId }: AccountKey) =>
  and(eq(tradingAccounts.userId, userId), eq(tradingAccounts.accountId, accountId));

/** Null where its terminal was never heard. */
export async function readFacts(queries: Queries, key: AccountKey): Promise<AccountFacts | null> {
  const [row] = await queries
    .select({ broker: tradingAccounts.broker, peakEquity: tradingAccounts.peakEquity })
    .from(tradingAccounts)
    .where(own(key));
  return row?.broker ? { broker: row.broker, peakEquity: row.peakEquity } : null;
}

/** Where the value of the condition is now, so that nothing is missed until it is watched. */
export function sideNow(
  condition: AlertCondition,
  { bid, facts }: { readonly bid: number | null; readonly facts: AccountFacts | null },
): Side | null {
  if (condition.t === 'price') return bid === null ? null : sideOf(bid, condition.price);
  if (condition.t !== 'account' || !facts) return null;
  const value = figureOf(facts, condition.figure);
  return value === null ? null : sideOf(value, condition.level);
}

/** Null where there is no such figure, as no margin is used. */
export function figureOf(
  { broker, peakEquity }: AccountFacts,
  figure: AccountFigure,
): number | null {
  const { equity, margin } = broker;
  if (figure === 'equity') return equity;
  if (figure === 'margin-level') return margin > 0 ? (equity / margin) * 100 : null;
  const peak = Math.max(peakEquity, equity);
  return peak > 0 ? 1 - equity / peak : null;
}

/** Decimals of the symbol's prices. */
export async function digitsOf(queries: Queries, key: AccountKey, symbol: string): Promise<number> {
  const [row] = await queries
    .select({ instruments: tradingAccounts.instruments })
    .from(tradingAccounts)
    .where(own(key));
  return row?.instruments.find((each) => each.symbol === symbol)?.digits ?? 5;
}

/** One that its trader paused has no reason. */
const isPausedByItself = and(eq(bots.state, 'paused'), isNotNull(bots.reason));

/** Those of the account that ended, or paused by themselves, since the alert was set: the newest, in their order. */
export async function stoppedBots(
  queries: Queries,
  { userId, accountId, condition, changedMs }: AlertRow,
): Promise<readonly Firing[]> {
  if (condition.t !== 'bot') return [];
  const where = and(
    eq(bots.accountId, accountId),
    or(inArray(bots.state, ['stopped', 'killed']), isPausedByItself),
    gt(bots.changedMs, changedMs),
    condition.botId === null ? undefined : eq(bots.botId, condition.botId),
  );
  const orderBy = [desc(bots.changedMs)];
  const rows = await ownRows(queries, userId).read(bots, { where, orderBy, limit: mostStops });
  return rows.toReversed().map(({ botId, name, state, reason, changedMs: atMs }) => ({
    key: `bot:${botId}:${atMs}`,
    atMs,
    value: null,
    detail: { bot: name, state, reason: reason ?? '' },
  }));
}
