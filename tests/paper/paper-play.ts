/** Paper brokers of tests, their requests, and prices and trades drawn at random. */
import fc from 'fast-check';
import type { AccountMode } from '#core/broker/book.ts';
import type { PaperProfile } from '#core/broker/paper-settings.ts';
import { openPaperBroker, type PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';
import type { PaperSymbol } from '../../sync/terminals/paper/paper-symbols.ts';
import { symbolsFor, termsOf, type PaperTerms } from '../../sync/terminals/paper/paper-terms.ts';
import type { TerminalTrade } from '../../sync/terminals/paper/terminal-trade.ts';

/** A Wednesday at noon. */
export const noonMs = Date.UTC(2026, 10, 25, 12);

export interface MadeBroker {
  readonly mode?: AccountMode;
  readonly profile?: PaperProfile;
  readonly balance?: number;
  readonly terms?: Partial<PaperTerms>;
  /** Of EURUSD. */
  readonly symbol?: Partial<PaperSymbol>;
}

/** Trades EURUSD at 1.10000 / 1.10010, USDJPY and gold; without slippage and commission. */
export function madeBroker(made: MadeBroker = {}): PaperBroker {
  const { mode = 'hedging', profile = 'realistic', balance = 10_000 } = made;
  const terms = termsOf({ profile, mode, currency: 'USD', leverage: 100 });
  const symbols = symbolsFor(profile, ['EURUSD', 'USDJPY', 'XAUUSD']).map((symbol) =>
    symbol.symbol === 'EURUSD' ? { ...symbol, ...made.symbol } : symbol,
  );
  const broker = openPaperBroker({
    login: '77',
    serverMs: noonMs,
    balance,
    terms: { ...terms, slippagePoints: 0, commissionPerLot: 0, ...made.terms },
    symbols,
  });
  broker.tick(
    [
      { symbol: 'EURUSD', bid: 1.1, ask: 1.1001 },
      { symbol: 'USDJPY', bid: 150, ask: 150.01 },
      { symbol: 'XAUUSD', bid: 2_350, ask: 2_350.2 },
    ],
    noonMs,
  );
  return broker;
}

/** To buy 0.1 lots of EURUSD at the market. */
export function request(change: Partial<TerminalTrade> = {}): TerminalTrade {
  return {
    action: 'deal',
    type: 'buy',
    symbol: 'EURUSD',
    volumeLots: 0.1,
    price: 0,
    limitPrice: 0,
    sl: 0,
    tp: 0,
    deviationPoints: 10,
    filling: 'ioc',
    expirationServerMs: 0,
    magic: '0',
    comment: '',
    position: '',
    positionBy: '',
    order: '',
    ...change,
  };
}

export function price(broker: PaperBroker, bid: number, ask = bid + 0.0001): void {
  const quote = { symbol: 'EURUSD', bid, ask: Number(ask.toFixed(5)) };
  broker.tick([quote], broker.serverMs + 1_000, broker.marketMs + 1_000);
}

export type Move =
  | { readonly t: 'price'; readonly points: number; readonly spread: number }
  | { readonly t: 'hours'; readonly hours: number }
  | {
      readonly t: 'open';
      readonly side: 'buy' | 'sell';
      readonly steps: number;
      readonly far: number;
    }
  | { readonly t: 'pending'; readonly type: number; readonly steps: number; readonly far: number }
  | { readonly t: 'close'; readonly which: number; readonly steps: number }
  | { readonly t: 'close-by'; readonly which: number; readonly other: number }
  | { readonly t: 'levels'; readonly which: number; readonly far: number }
  | { readonly t: 'remove'; readonly which: number };

const which = fc.nat(5);
const steps = fc.integer({ min: 1, max: 900 });
const far = fc.integer({ min: -400, max: 400 });
const side = fc.constantFrom('buy' as const, 'sell' as const);

export const anyMove: fc.Arbitrary<Move> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      t: fc.constant('price' as const),
      points: fc.integer({ min: -300, max: 300 }),
      spread: fc.integer({ min: 0, max: 40 }),
    }),
  },
  fc.record({ t: fc.constant('hours' as const), hours: fc.integer({ min: 1, max: 30 }) }),
  {
    weight: 3,
    arbitrary: fc.record({ t: fc.constant('open' as const), side, steps, far }),
  },
  fc.record({ t: fc.constant('pending' as const), type: fc.nat(5), steps, far }),
  fc.record({ t: fc.constant('close' as const), which, steps }),
  fc.record({ t: fc.constant('close-by' as const), which, other: which }),
  fc.record({ t: fc.constant('levels' as const), which, far }),
  fc.record({ t: fc.constant('remove' as const), which }),
);

const pendingTypes = [
  'buy-limit',
  'sell-limit',
  'buy-stop',
  'sell-stop',
  'buy-stop-limit',
  'sell-stop-limit',
] as const;
const point = 0.00001;
const snap = (value: number) => Number(Math.max(point, value).toFixed(5));

/** Does it, whatever the broker answers. */
export function play(broker: PaperBroker, move: Move): void {
  const { bid, ask } = broker.quote('EURUSD')!;
  const positions = broker.positions();
  const orders = broker.orders();
  const at = <T>(all: readonly T[], index: number) => all[index % Math.max(1, all.length)];
  switch (move.t) {
    case 'price': {
      const next = snap(bid + move.points * point);
      return price(broker, next, snap(next + move.spread * point));
    }
    case 'hours': {
      const ms = move.hours * 3_600_000;
      return broker.at(broker.serverMs + ms, broker.marketMs + ms);
    }
    case 'open': {
      const sl = move.far > 0 ? snap(bid + (move.side === 'buy' ? -1 : 1) * move.far * point) : 0;
      broker.trade(request({ type: move.side, volumeLots: move.steps / 100, sl }));
      return;
    }
    case 'pending': {
      const target = snap(ask + move.far * point);
      const rest = { type: pendingTypes[move.type]!, volumeLots: move.steps / 100 };
      broker.trade(request({ ...rest, action: 'pending', price: target, limitPrice: target }));
      return;
    }
    case 'close': {
      const held = at(positions, move.which);
      if (!held) return;
      const type = held.side === 'buy' ? 'sell' : 'buy';
      const volumeLots = Math.min(held.volumeLots, move.steps / 100);
      broker.trade(request({ type, volumeLots, position: held.ticket }));
      return;
    }
    case 'close-by': {
      const position = at(positions, move.which)?.ticket ?? '';
      const positionBy = at(positions, move.other)?.ticket ?? '';
      broker.trade(request({ action: 'close-by', position, positionBy }));
      return;
    }
    case 'levels': {
      const held = at(positions, move.which);
      if (!held) return;
      const sl = snap(bid - move.far * point);
      broker.trade(request({ action: 'sltp', position: held.ticket, sl, tp: held.tp ?? 0 }));
      return;
    }
    case 'remove':
      broker.trade(request({ action: 'remove', order: at(orders, move.which)?.order ?? '' }));
  }
}

/** In whole cents. */
export function cents(money: number): number {
  return Math.round(money * 100);
}
