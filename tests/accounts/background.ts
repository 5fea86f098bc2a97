/** What a server does without being called: terminals that come and go, and the clearing up at night. */
import { join } from 'node:path';
import { anchorHeads } from '../../sync/audit/anchor.ts';
import { removeExpiredSessions } from '../../sync/auth/sessions.ts';
import { appRole, connect } from '../../sync/database/connection.ts';
import { sweepMails } from '../../sync/mail/delivery.ts';
import { keptBars } from '../../sync/market/bar-cache.ts';
import { barRoom, usualRoom } from '../../sync/market/bar-room.ts';
import { sweepMarket } from '../../sync/market/sweep.ts';
import { randomToken } from '../../sync/replication/person-exchange.ts';
import { sweepReplication } from '../../sync/replication/sweep.ts';
import { addMinutes, readHours } from '../../sync/terminals/paper/minute-store.ts';
import { until } from '../server-process.ts';
import { openTerminal } from '../terminals/scripted-terminal.ts';
import type { Installation } from './installation.ts';
import type { Person } from './people.ts';

/** A terminal connects, is heard, and leaves. */
export async function comeAndGo(at: Installation, owner: Person): Promise<void> {
  const { accountId, token } = await owner.tradingAccount();
  const terminal = await openTerminal({ address: at.address, accountId, token });
  const held = async (isHeld: boolean) =>
    (
      await at.sql`select from trading_accounts where account_id = ${accountId}
      and lease_until_ms is not null = ${isHeld}`
    ).length === 1;
  await until(() => held(true));
  await terminal.close();
  await until(() => held(false));
}

/** What was told of an account's prices is kept. */
export async function keepPrices({ databaseUrl }: Installation, owner: Person): Promise<void> {
  const { accountId } = await owner.tradingAccount();
  const { database, close } = connect(databaseUrl, { name: 'app', most: 1, role: appRole });
  const of = { userId: owner.userId, accountId };
  const nowMs = Date.now();
  const ask = { symbol: 'EURUSD', timeframe: 'M1', beforeMs: nowMs, limit: 1 };
  const row = { openMs: 1, open: 1, high: 1, low: 1, close: 1, volume: 1 };
  const store = keptBars(
    { queries: database, room: barRoom(usualRoom, Date.now), now: Date.now },
    of,
    1_000,
  );
  await store.keep(ask, { rows: [row], hasMore: false, digits: 5 });
  await store.read(ask);
  await addMinutes(database, of, [{ symbol: 'EURUSD', hourMs: nowMs, minutes: [] }]);
  await readHours(database, of, { symbol: 'EURUSD', hourMs: nowMs, limit: 1 });
  await close();
}

export async function clearUpAsEveryNight({ databaseUrl, folder }: Installation): Promise<void> {
  const { database, close } = connect(databaseUrl, { name: 'app', most: 1, role: appRole });
  const nowMs = Date.now();
  await removeExpiredSessions(database);
  await sweepMails(database, nowMs);
  await sweepReplication(database, { nowMs, randomToken });
  await sweepMarket(database, nowMs);
  await anchorHeads({ database, dataFolder: join(folder, 'data'), nowMs });
  await close();
}
