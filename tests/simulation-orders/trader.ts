/** What the trader asks for, of what their device last saw. */
import type { Position } from '#core/broker/book.ts';
import type { OrderTicket, TradeRequest } from '#core/broker/request.ts';
import type { Chance } from '../simulation/chance.ts';
import type { KeptAccount } from '../orders/memory-store.ts';
import type { PaperBroker } from '../../sync/terminals/paper/paper-broker.ts';

export interface Wishes {
  readonly chance: Chance;
  readonly accountId: string;
  readonly broker: PaperBroker;
  seen(): KeptAccount;
  nowMs(): number;
}

const weights = {
  ...{ market: 26, pending: 18, batch: 4, oco: 7, reverse: 8, smart: 3 },
  ...{ close: 16, part: 12, closeBy: 6, closeAll: 3 },
  ...{ modify: 8, modifyOrder: 8, cancel: 12, trail: 6, breakEven: 2 },
};

/** Null where there is nothing that such a request could be about. */
export function someRequest(wishes: Wishes, number: number): TradeRequest | null {
  const { chance, accountId } = wishes;
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const base = { id, accountId };
  const position = someOf(chance, [...wishes.seen().positions.values()]);
  const order = someOf(chance, [...wishes.seen().orders.values()]);
  const held = position?.position ?? '';
  switch (chance.weighted(weights)) {
    case 'market':
      return { ...base, t: 'place', ticket: market(wishes) };
    case 'pending':
      return { ...base, t: 'place', ticket: pending(wishes) };
    case 'batch':
      return { ...base, t: 'batch', tickets: [market(wishes), pending(wishes), market(wishes)] };
    case 'oco':
      return { ...base, t: 'oco', tickets: [pending(wishes), pending(wishes)] };
    case 'smart': {
      const { volumeLots: _, ...ticket } = market(wishes, true);
      return { ...base, t: 'smart', ticket, riskRatio: 0.01 };
    }
    case 'reverse':
      return position ? { ...base, t: 'reverse', position: held } : null;
    case 'close':
      return position ? { ...base, t: 'close', position: held, volumeLots: null } : null;
    case 'part':
      return position ? { ...base, t: 'close', position: held, volumeLots: 0.05 } : null;
    case 'closeBy': {
      const other = [...wishes.seen().positions.values()].find(
        ({ side, symbol }) => side !== position?.side && symbol === position?.symbol,
      );
      return other ? { ...base, t: 'close-by', position: held, opposite: other.position } : null;
    }
    case 'closeAll':
      return { ...base, t: 'close-all', symbol: null, ordersToo: chance.often(0.5) };
    case 'cancel':
      return order ? { ...base, t: 'cancel', order: order.order } : null;
    case 'modifyOrder': {
      if (!order) return null;
      const { price, limitPrice, sl, tp } = order;
      const moved = round(price + (chance.below(21) - 10) / 10_000);
      const levels = { limitPrice, sl, tp, lastsUntilMs: null };
      return { ...base, t: 'modify-order', order: order.order, price: moved, ...levels };
    }
    case 'modify':
      return (
        position && { ...base, t: 'modify-position', position: held, ...levels(wishes, position) }
      );
    case 'trail': {
      const trail = {
        activationPips: 1 + chance.below(5),
        distancePips: 3 + chance.below(10),
        lockPips: 0,
      };
      return position ? { ...base, t: 'trail', position: held, trail } : null;
    }
    case 'breakEven':
      return position ? { ...base, t: 'break-even', position: held, lockPoints: 0 } : null;
  }
}

export const someOf = <T>(chance: Chance, all: readonly T[]): T | null =>
  all.length === 0 ? null : chance.of(all);

const round = (price: number): number => Math.round(price * 100_000) / 100_000;

const symbols = ['EURUSD', 'GBPUSD'] as const;

function priceOf({ broker }: Wishes, symbol: string, side: 'buy' | 'sell'): number {
  const quote = broker.quote(symbol);
  return quote ? quote[side === 'buy' ? 'ask' : 'bid'] : 1;
}

const noLevels = { price: null, limitPrice: null, sl: null, tp: null, worstPrice: null };

function market(wishes: Wishes, needsStop = false): OrderTicket {
  const { chance } = wishes;
  const side = chance.of(['buy', 'sell'] as const);
  const symbol = chance.of(symbols);
  const away = (side === 'buy' ? -1 : 1) * (0.0005 + chance.below(40) / 10_000);
  const price = priceOf(wishes, symbol, side);
  const hasStop = needsStop || chance.often(0.6);
  return {
    ...{ ...noLevels, symbol, side, kind: 'market', deviationPoints: 20, lastsUntilMs: null },
    volumeLots: (1 + chance.below(20)) / 100,
    sl: hasStop ? round(price + away) : null,
    tp: hasStop && chance.often(0.5) ? round(price - away * 2) : null,
  };
}

function pending(wishes: Wishes): OrderTicket {
  const { chance } = wishes;
  const side = chance.of(['buy', 'sell'] as const);
  const kind = chance.of(['limit', 'stop'] as const);
  const symbol = 'EURUSD';
  const isAbove = (side === 'buy') === (kind === 'stop');
  const price = round(
    priceOf(wishes, symbol, side) + (isAbove ? 1 : -1) * (0.0003 + chance.below(30) / 10_000),
  );
  const lastsUntilMs = chance.often(0.2) ? wishes.nowMs() + 60_000 + chance.below(60_000) : null;
  const stop = round(price + (side === 'buy' ? -1 : 1) * 0.002);
  return {
    ...{ ...noLevels, symbol, side, kind, price, deviationPoints: 20, lastsUntilMs },
    volumeLots: (1 + chance.below(20)) / 100,
    sl: chance.often(0.5) ? stop : null,
  };
}

function levels(wishes: Wishes, { symbol, side }: Position) {
  const way = (0.0008 + wishes.chance.below(30) / 10_000) * (side === 'buy' ? 1 : -1);
  const price = priceOf(wishes, symbol, side === 'buy' ? 'sell' : 'buy');
  return { sl: round(price - way), tp: wishes.chance.often(0.5) ? round(price + way) : null };
}
