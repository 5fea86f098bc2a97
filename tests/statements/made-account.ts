/** Accounts at random, hedging and netting, as MetaTrader 5 would keep them: deals, positions, orders. */
import fc from 'fast-check';
import type { JournalDeal } from '../../core/journal/journal-deal.ts';
import { madeDeal } from '../../core/journal/made-deals.ts';

export interface MadePosition {
  readonly position: string;
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly sl: number | null;
  readonly tp: number | null;
  volume: number;
  readonly price: number;
  readonly openedMs: number;
  closedMs: number;
  closePrice: number;
  swap: number;
  profit: number;
  left: number;
  isClosed: boolean;
}

export interface MadeAccount {
  readonly mode: 'hedging' | 'netting';
  readonly login: string;
  readonly server: string;
  readonly currency: string;
  readonly startBalance: number;
  /** Times are wall times of the server. */
  readonly deals: readonly JournalDeal[];
  readonly positions: readonly MadePosition[];
}

const cents = (most: number) => fc.integer({ min: -most, max: most }).map((n) => n / 100);

export const step = fc.record({
  act: fc.constantFrom<'open' | 'close' | 'part' | 'balance' | 'credit'>(
    ...(['open', 'open', 'open', 'close', 'close', 'part', 'balance', 'credit'] as const),
  ),
  symbol: fc.constantFrom('EURUSD', 'XAUUSD.r', 'US 500 & "Co" <x>'),
  kind: fc.constantFrom<'buy' | 'sell'>('buy', 'sell'),
  hundredths: fc.integer({ min: 2, max: 40 }),
  which: fc.nat(20),
  laterS: fc.integer({ min: 0, max: 90_000 }),
  points: fc.integer({ min: 100_000, max: 990_000_000 }),
  profit: cents(5_000_000),
  commission: cents(700),
  fee: cents(50),
  swap: cents(300),
  sl: fc.option(fc.integer({ min: 100_000, max: 120_000 }).map((n) => n / 1e5)),
  comment: fc.constantFrom('', '', 'breakout', '[sl 1.10000]', 'A & B <script>alert(1)</script>'),
});
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

export const firstMs = Date.UTC(2024, 0, 8, 1);

/** Closings are told apart by their seconds, as those of people are. */
export function hedgingAccount(steps: readonly Step[]): MadeAccount {
  const deals: JournalDeal[] = [];
  const positions: MadePosition[] = [];
  let atMs = firstMs;
  for (const [at, each] of steps.entries()) {
    atMs += 1000 + each.laterS * 1000;
    const [deal, order] = [String(90_000 + at * 3), String(880_000 + at * 7)];
    const open = positions.filter(({ left }) => left > 0);
    const found = open[each.which % Math.max(1, open.length)];
    if (each.act === 'balance' || each.act === 'credit') {
      deals.push(operation(each, each.act, deal, atMs));
    } else if (each.act === 'open' || !found) {
      const { symbol, kind, hundredths, sl } = each;
      const price = each.points / 1e5;
      deals.push(trade(each, { deal, order, position: order, entry: 'in', atMs, sl, profit: 0 }));
      positions.push({
        ...{ position: order, symbol, side: kind, sl, tp: null, volume: hundredths, price },
        ...{ openedMs: atMs, closedMs: atMs, closePrice: 0, swap: 0, profit: 0 },
        ...{ left: hundredths, isClosed: false },
      });
    } else {
      const { position, symbol, side } = found;
      // Of which of two alike a part was closed no report tells.
      const isAlone = !open.some((o) => o !== found && o.symbol === symbol && o.side === side);
      const isPart = each.act === 'part' && isAlone && found.left > 1;
      const volume = isPart ? Math.ceil(found.left / 2) : found.left;
      deals.push({
        ...trade(each, { deal, order, position, entry: 'out', atMs }),
        ...{ symbol, kind: side === 'buy' ? 'sell' : 'buy', volumeLots: volume / 100 },
      });
      found.left -= volume;
      Object.assign(found, { closedMs: atMs, closePrice: each.points / 1e5 });
      found.swap += each.swap;
      found.profit += each.profit;
      found.isClosed = found.left === 0;
    }
  }
  return account('hedging', deals, positions);
}

export function nettingAccount(steps: readonly Step[]): MadeAccount {
  const open = new Map<string, { position: string; volume: number }>();
  let atMs = firstMs;
  const deals = steps.map((each, at) => {
    atMs += each.laterS * 1000;
    const [deal, order] = [String(90_000 + at * 3), String(880_000 + at * 7)];
    if (each.act === 'balance' || each.act === 'credit') {
      return operation(each, each.act, deal, atMs);
    }
    const signed = each.kind === 'buy' ? each.hundredths : -each.hundredths;
    const there = open.get(each.symbol);
    const position = there?.position ?? order;
    const after = (there?.volume ?? 0) + signed;
    const grows = !there || Math.sign(there.volume) === Math.sign(signed);
    const entry = grows
      ? 'in'
      : after === 0 || Math.sign(after) !== Math.sign(signed)
        ? 'out'
        : 'inout';
    if (after === 0) open.delete(each.symbol);
    else open.set(each.symbol, { position, volume: after });
    const sl = grows ? each.sl : null;
    return trade(each, { deal, order, position, entry, atMs, sl });
  });
  return account('netting', deals, []);
}

function trade(each: Step, parts: Partial<JournalDeal>): JournalDeal {
  const { symbol, kind, hundredths, points, profit, commission, fee, swap, comment } = each;
  const figures = {
    volumeLots: hundredths / 100,
    price: points / 1e5,
    profit,
    commission,
    fee,
    swap,
  };
  return madeDeal({ symbol, kind, ...figures, comment, ...parts });
}

function operation(
  each: Step,
  kind: 'balance' | 'credit',
  deal: string,
  atMs: number,
): JournalDeal {
  const none = { symbol: '', entry: null, volumeLots: 0, price: 0 };
  return madeDeal({
    ...none,
    kind,
    deal,
    order: '',
    atMs,
    profit: each.profit,
    comment: each.comment,
  });
}

function account(
  mode: MadeAccount['mode'],
  deals: readonly JournalDeal[],
  positions: readonly MadePosition[],
): MadeAccount {
  const [login, server] = ['51234567', 'Example-Demo'];
  const named = deals.map((deal) => ({ ...deal, account: `${login}@${server}` }));
  return { mode, login, server, currency: 'EUR', startBalance: 1234.56, deals: named, positions };
}
