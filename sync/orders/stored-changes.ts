/** Writes all that a transaction gathered, and says to whom it may matter. */
import { and, eq } from 'drizzle-orm';
import type { ChainEnd } from '../audit/audit-trail.ts';
import type { Statement } from '../database/short-transaction.ts';
import { tradingAccounts } from '../schema/trading.ts';
import type { AccountChange, TxChanges } from './gathered-tx.ts';
import {
  ordersChannel,
  tradingChannel,
  type PostgresOrders,
  type Scope,
} from './postgres-store.ts';
import { addEquity, writeItems, writeLog } from './stored-book.ts';
import { writingOf, type Told } from './stored-writing.ts';
import { toldChange } from './told-change.ts';

/** Answers what is yet to be written, together with the commit. */
export async function writeChanges(
  options: PostgresOrders,
  scope: Scope,
  made: TxChanges,
  chainEnd: ChainEnd | null,
): Promise<readonly Statement[]> {
  // All at once, so that no statement waits for the answer to the one before.
  const [written] = await Promise.all([
    aboutIntents(options, scope, made, chainEnd),
    writeAccount(scope, made.account, made.instruments),
    writeItems(scope, 'position', made.positions),
    writeItems(scope, 'order', made.orders),
    writeItems(scope, 'trail', made.trails),
    addEquity(scope, made.equity),
    writeLog(scope, made.alerts, options.nowMs()),
  ]);
  return written ? [written] : [];
}

async function writeAccount(
  { queries, userId, accountId }: Scope,
  { dealCursor, bound, ...plain }: AccountChange,
  instruments: TxChanges['instruments'],
): Promise<void> {
  const values = {
    ...plain,
    ...(dealCursor && { cursorServerMs: dealCursor.serverMs, cursorDeal: dealCursor.deal }),
    ...(bound !== undefined && {
      boundDevice: bound?.device ?? null,
      boundLogin: bound?.login ?? null,
      boundServer: bound?.brokerServer ?? null,
    }),
    ...(instruments && { instruments }),
  };
  if (Object.keys(values).length === 0) return;
  await queries
    .update(tradingAccounts)
    .set(values)
    .where(and(eq(tradingAccounts.userId, userId), eq(tradingAccounts.accountId, accountId)));
}

async function aboutIntents(
  options: PostgresOrders,
  scope: Scope,
  made: TxChanges,
  chainEnd: ChainEnd | null,
): Promise<Statement | null> {
  const { trail, actor, nowMs } = options;
  const { requests, intents, events, audits, alerts } = made;
  const { queries, userId, accountId } = scope;
  const notes = [
    ...audits,
    ...alerts.map(({ name, detail }) => ({
      action: 'trading.alert' as const,
      detail: { alert: name, ...detail },
    })),
  ];
  const entries = notes.map(({ action, detail }) => ({
    ...{ action, actor, atMs: nowMs() },
    detail: { accountId, ...detail },
  }));
  const end = entries.length === 0 ? null : (chainEnd ?? (await trail.hold(queries, userId)));
  const link = end && trail.link(userId, end, entries);
  return writingOf(scope, { requests, intents, events, link, told: toldOf(options, scope, made) });
}

/** Whether there is something to send, or a price to follow. */
export const asksForDispatch = ({ trails, intents }: TxChanges): boolean =>
  trails.size > 0 || intents.some(({ state }) => state === 'created');

function toldOf(
  { dispatcher }: PostgresOrders,
  { userId, accountId }: Scope,
  made: TxChanges,
): readonly Told[] {
  const isShown =
    Object.keys(made.account).length > 0 ||
    made.intents.length + made.positions.size + made.orders.size + made.trails.size > 0 ||
    made.alerts.length + made.equity.length > 0 ||
    made.hasNewDeals;
  if (!isShown) return [];
  const change = toldChange(made);
  const whose = `${userId} ${accountId}`;
  const pages = { channel: tradingChannel, text: change ? `${whose} ${change}` : whose };
  if (!asksForDispatch(made)) return [pages];
  const text = dispatcher ? `${accountId} ${dispatcher.origin}` : accountId;
  return [pages, { channel: ordersChannel, text }];
}
