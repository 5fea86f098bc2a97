/** What the server keeps of trading, for the document that an account can take away. */
import { asc, desc } from 'drizzle-orm';
import { ownRows } from '../database/own-rows.ts';
import type { Queries } from '../database/queries.ts';
import { alertEvents, alerts, pushSubscriptions } from '../schema/alerts.ts';
import { botBars, botEvents, botOrders, bots } from '../schema/bots.ts';
import {
  brokerItems,
  deals,
  equitySnapshots,
  intentEvents,
  orderIntents,
  paperBooks,
  terminalLog,
  tradeRequests,
  tradingAccounts,
} from '../schema/trading.ts';

/** Of each kind the newest; whoever has more pages through it. */
const mostRows = 20_000;

/** Tokens and keys are left out: a file is easily left where others find it. */
export async function exportTrading(queries: Queries, userId: string) {
  const rows = ownRows(queries, userId);
  const accounts = await rows.read(tradingAccounts, { orderBy: [asc(tradingAccounts.createdMs)] });
  const limit = mostRows;
  return {
    accounts: accounts.map(({ userId: _, sealedToken, session, serverId, ...kept }) => kept),
    requests: (
      await rows.read(tradeRequests, { orderBy: [desc(tradeRequests.createdMs)], limit })
    ).map(withoutUser),
    intents: (
      await rows.read(orderIntents, { orderBy: [desc(orderIntents.createdMs)], limit })
    ).map(withoutUser),
    events: (await rows.read(intentEvents, { orderBy: [desc(intentEvents.n)], limit })).map(
      withoutUser,
    ),
    items: (await rows.read(brokerItems)).map(withoutUser),
    deals: (await rows.read(deals, { orderBy: [desc(deals.serverMs)], limit })).map(withoutUser),
    equity: (
      await rows.read(equitySnapshots, { orderBy: [desc(equitySnapshots.atMs)], limit })
    ).map(withoutUser),
    log: (await rows.read(terminalLog, { orderBy: [desc(terminalLog.n)], limit })).map(withoutUser),
    paperBooks: (await rows.read(paperBooks)).map(withoutUser),
    bots: (await rows.read(bots, { orderBy: [asc(bots.createdMs)] })).map(withoutUser),
    botBars: (await rows.read(botBars, { orderBy: [desc(botBars.openMs)], limit })).map(
      withoutUser,
    ),
    botOrders: (await rows.read(botOrders, { orderBy: [desc(botOrders.atMs)], limit })).map(
      withoutUser,
    ),
    botEvents: (await rows.read(botEvents, { orderBy: [desc(botEvents.n)], limit })).map(
      withoutUser,
    ),
    alerts: (await rows.read(alerts, { orderBy: [asc(alerts.createdMs)] })).map(withoutUser),
    alertEvents: (await rows.read(alertEvents, { orderBy: [desc(alertEvents.n)], limit })).map(
      withoutUser,
    ),
    pushDevices: (await rows.read(pushSubscriptions)).map(({ name, createdMs, lastSentMs }) => ({
      name,
      createdMs,
      lastSentMs,
    })),
  };
}

function withoutUser<T extends { readonly userId: string }>({ userId, ...kept }: T) {
  return kept;
}
