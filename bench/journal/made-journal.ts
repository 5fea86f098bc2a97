/** Journals of the bench's own: as many round trips as asked, and a report that tells such deals. */
import type { JournalDeal } from '#core/journal/journal-deal.ts';
import { madeDeal } from '#core/journal/made-deals.ts';
import type { MadePosition } from '../../tests/statements/made-account.ts';
import { bytesOf, mt5Html } from '../../tests/statements/mt5-html.ts';
import { createRandom } from '#core/market/made-bars.ts';

const symbols = ['EURUSD', 'GBPUSD', 'XAUUSD', 'US500', 'USDJPY', 'BTCUSD'];
const minuteMs = 60_000;
const firstMs = Date.UTC(2020, 0, 6);
/** No clock changes within a hundred days of it. */
const summerMs = Date.UTC(2024, 3, 1);

/** Two deals a round trip, one after another every half an hour. */
export function madeRoundTrips(count: number): JournalDeal[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, n) => {
    const symbol = symbols[Math.floor(random() * symbols.length)]!;
    const kind = random() < 0.5 ? 'buy' : 'sell';
    const [opened, closed] = [String(10 * n + 1), String(10 * n + 4)];
    const atMs = firstMs + n * 30 * minuteMs;
    const shared = { account: '51234567@Example-Demo', position: opened, symbol };
    const profit = Math.round((random() - 0.48) * 40_000) / 100;
    const comment = n % 9 === 0 ? `breakout ${n}` : '';
    return [
      madeDeal({ ...shared, deal: opened, kind, atMs, commission: -0.7, sl: 1.05, comment }),
      madeDeal({
        ...{ ...shared, deal: closed, entry: 'out', kind: kind === 'buy' ? 'sell' : 'buy' },
        ...{ atMs: atMs + 20 * minuteMs, price: 1.1 + profit / 1e5, profit },
      }),
    ];
  }).flat();
}

/** A report of MetaTrader 5's in HTML, of so many deals: positions opened and closed in turn. */
export function madeReport(count: number): Uint8Array<ArrayBuffer> {
  const random = createRandom(11);
  const cents = (most: number) => Math.round((random() - 0.5) * 200 * most) / 100;
  const deals: JournalDeal[] = [];
  const positions: MadePosition[] = [];
  for (let n = 0; n < count / 2; n++) {
    const symbol = symbols[Math.floor(random() * symbols.length)]!;
    const side = random() < 0.5 ? 'buy' : 'sell';
    const [order, openedMs] = [String(880_000 + 2 * n), summerMs + 200_000 * n];
    const [closedMs, price, closePrice] = [openedMs + 100_000, 1.1, 1.1 + (n % 900) / 1e5];
    const [swap, profit] = [cents(2), cents(4000)];
    const shared = { symbol, position: order, commission: -0.7 };
    deals.push(
      madeDeal({
        ...shared,
        deal: String(10 * n + 1),
        order,
        kind: side,
        atMs: openedMs,
        sl: 1.05,
      }),
      madeDeal({
        ...{ ...shared, deal: String(10 * n + 5), order: String(880_001 + 2 * n), entry: 'out' },
        ...{ kind: side === 'buy' ? 'sell' : 'buy', atMs: closedMs, price: closePrice },
        ...{ swap, profit },
      }),
    );
    positions.push({
      ...{ position: order, symbol, side, sl: 1.05, tp: null, volume: 10, price, openedMs },
      ...{ closedMs, closePrice, swap, profit, left: 0, isClosed: true },
    });
  }
  const account = { login: '51234567', server: 'Example-Demo', currency: 'EUR' };
  const made = { ...account, mode: 'hedging', startBalance: 1234.56, deals, positions } as const;
  return Uint8Array.from(bytesOf(mt5Html(made)));
}
