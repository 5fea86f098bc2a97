/** People with a trading account each, whose terminal is away: orders are admitted and wait. */
import { randomUUID } from 'node:crypto';
import { usualLimits } from '../../core/risk/limits.ts';
import { connect } from '../../sync/database/connection.ts';
import { tradingAccounts } from '../../sync/schema/trading.ts';
import { euro } from '../../tests/orders/fake-terminal.ts';
import { someBroker } from '../../tests/orders/made-book.ts';
import type { MeasuredServer } from '../server/measured-server.ts';
import { makeTraders } from '../server/traders.ts';
import type { Caller } from './open-load.ts';

/** As many symbols as a broker of currencies has. */
const symbols = 40;

export async function makeTradingPeople(server: MeasuredServer, count: number): Promise<Caller[]> {
  const traders = await makeTraders(server, count);
  const { database, close } = connect(server.databaseUrl, { name: 'bench', most: 4 });
  const worth = { balance: 1e7, equity: 1e7, freeMargin: 1e7 };
  const instruments = Array.from({ length: symbols }, (_, n) =>
    n === 0 ? euro : { ...euro, symbol: `PAIR${n}` },
  );
  const made = traders.map(({ userId, sessionCookie }) => ({
    userId,
    caller: { cookie: sessionCookie, accountId: randomUUID() },
  }));
  try {
    for (const { userId, caller } of made) {
      await database.insert(tradingAccounts).values({
        ...{ userId, accountId: caller.accountId, name: 'Bench', kind: 'mt5', state: 'paired' },
        ...{ sealedToken: '', settings: {}, instruments, createdMs: Date.now(), peakEquity: 1e7 },
        limits: { ...usualLimits, openPositions: 1_000 },
        broker: { ...someBroker, ...worth },
      });
    }
  } finally {
    await close();
  }
  return made.map(({ caller }) => caller);
}
