/** A broker's report made for stories: one account, a round trip a day. */
import { madeDeal } from '../../core/journal/made-deals.ts';
import type { MadeAccount, MadePosition } from '../statements/made-account.ts';
import { bytesOf, mt5Html } from '../statements/mt5-html.ts';

const hour = 3_600_000;
const base = Date.UTC(2026, 9, 5, 10);

/** A deposit and round trips of two symbols, an hour each, one a day, closed in so many equal parts. */
function account(profits: readonly number[], exits: number): MadeAccount {
  const deposit = madeDeal({
    ...{ deal: '1', order: '', kind: 'balance', entry: null, symbol: '', volumeLots: 0, price: 0 },
    ...{ profit: 1_000, atMs: base - 24 * hour, comment: 'Deposit' },
  });
  const trips = profits.map((profit, n) => {
    const first = 10 + (1 + exits) * n;
    const opened = String(first);
    const atMs = base + 24 * n * hour;
    const symbol = n % 2 === 0 ? 'EURUSD' : 'GBPUSD';
    const closePrice = Number((1.1 + profit / 10_000).toFixed(5));
    const shared = { position: opened, symbol };
    const deals = [
      madeDeal({ ...shared, deal: opened, atMs, commission: -0.5, sl: 1.095 }),
      ...Array.from({ length: exits }, (_, at) =>
        madeDeal({
          ...{ ...shared, deal: String(first + 1 + at), kind: 'sell', entry: 'out' },
          ...{ price: closePrice, profit: profit / exits, volumeLots: 0.1 / exits },
          atMs: atMs + hour - (exits - 1 - at) * 60_000,
        }),
      ),
    ];
    const position: MadePosition = {
      ...{ ...shared, side: 'buy' as const, sl: 1.095, tp: null, volume: 10, price: 1.1 },
      ...{ openedMs: atMs, closedMs: atMs + hour, closePrice, swap: 0, profit, left: 0 },
      isClosed: true,
    };
    return { deals, position };
  });
  return {
    ...{ login: '4711', currency: 'USD', server: 'Demo', mode: 'hedging', startBalance: 0 },
    deals: [deposit, ...trips.flatMap(({ deals }) => deals)],
    positions: trips.map(({ position }) => position),
  };
}

/** A report of MetaTrader 5 with them, as a file that is chosen. */
export const report = (name: string, profits: readonly number[], exits = 1) => ({
  name,
  mimeType: 'text/html',
  buffer: Buffer.from(bytesOf(mt5Html(account(profits, exits)))),
});
