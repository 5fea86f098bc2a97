/** Small markets and scripted strategies, for tests of the broker. */
import type { Bars, PriceColumns } from '../../market/bars.ts';
import type { Ticks } from '../../market/ticks.ts';
import type { InnerPrices, Market, OrderDesk, OrderRequest, Trader } from '../order-desk.ts';
import { exitReasons, type ExitReason, type Outcome } from '../outcome.ts';
import { defaultSettings, type RunSettings } from '../settings.ts';
import { runBroker, type BrokerOptions } from './broker.ts';

export type Row = readonly [open: number, high: number, low: number, close: number];

export const calm: Row = [100, 101, 99, 100];

export interface MarketWishes {
  readonly ask?: readonly Row[];
  readonly timesMs?: readonly number[];
  readonly volume?: readonly number[];
  readonly spreadPoints?: readonly number[];
  readonly inner?: InnerPrices;
}

/** A day a bar, two digits, so that a point is 0.01. */
export function marketOf(rows: readonly Row[], wishes: MarketWishes = {}): Market {
  return { symbol: 'MADE', bars: barsOf(rows, wishes), inner: wishes.inner ?? null };
}

export function barsOf(rows: readonly Row[], wishes: MarketWishes = {}): Bars {
  const { ask, timesMs, volume, spreadPoints } = wishes;
  return {
    length: rows.length,
    timesMs: Float64Array.from(timesMs ?? rows.map((_, i) => i * 86_400_000)),
    scale: 1,
    digits: 2,
    bid: priceColumns(rows),
    ask: ask ? priceColumns(ask) : null,
    volume: volume ? Float64Array.from(volume) : null,
    spreadPoints: spreadPoints ? Int32Array.from(spreadPoints) : null,
  };
}

function priceColumns(rows: readonly Row[]): PriceColumns {
  const column = (k: 0 | 1 | 2 | 3) => Float64Array.from(rows, (row) => row[k]);
  return { open: column(0), high: column(1), low: column(2), close: column(3) };
}

/** Ticks without an ask, so many inside each bar. */
export function ticksOf(bars: readonly (readonly number[])[]): InnerPrices {
  const bid = Float64Array.from(bars.flat());
  const ticks: Ticks = {
    length: bid.length,
    timesMs: Float64Array.from(bid, (_, i) => i),
    scale: 1,
    digits: 2,
    bid,
    ask: null,
    volume: null,
  };
  return { kind: 'ticks', ticks, firstOf: firstOf(bars) };
}

export function innerBarsOf(bars: readonly (readonly Row[])[]): InnerPrices {
  return { kind: 'bars', bars: barsOf(bars.flat()), firstOf: firstOf(bars) };
}

function firstOf(bars: readonly (readonly unknown[])[]): Int32Array {
  const first = new Int32Array(bars.length + 1);
  bars.forEach((inner, i) => (first[i + 1] = first[i]! + inner.length));
  return first;
}

/** What the strategy does when it sees each bar of the first market. */
export type Script = Readonly<Record<number, (desk: OrderDesk) => unknown>>;

export function scripted(script: Script): Trader {
  return {
    onBar(market, bar, desk) {
      if (market === 0) script[bar]?.(desk);
    },
  };
}

/** An order for ten units on the first market. */
export function ten(order: Partial<OrderRequest>): OrderRequest {
  return { market: 0, side: 1, kind: 'market', units: 10, ...order };
}

export function play(
  markets: Market | readonly Market[],
  trader: Script | Trader,
  settings: Partial<RunSettings> = {},
  options: BrokerOptions = {},
): Outcome {
  const all = 'bars' in markets ? [markets] : markets;
  const isTrader = 'onBar' in trader;
  const steps = runBroker(
    all,
    isTrader ? (trader as Trader) : scripted(trader as Script),
    { ...defaultSettings, ...settings },
    options,
  );
  let step = steps.next();
  while (!step.done) step = steps.next();
  return step.value;
}

export interface MadeTrip {
  readonly entryBar: number;
  readonly exitBar: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  readonly units: number;
  readonly profit: number;
  readonly commission: number;
  readonly reason: ExitReason;
  readonly ambiguous: number;
}

export function tripsOf({ roundTrips: trips }: Outcome): readonly MadeTrip[] {
  return Array.from({ length: trips.count }, (_, k) => ({
    entryBar: trips.entryBar[k]!,
    exitBar: trips.exitBar[k]!,
    entryPrice: trips.entryPrice[k]!,
    exitPrice: trips.exitPrice[k]!,
    units: trips.units[k]!,
    profit: trips.profit[k]!,
    commission: trips.commission[k]!,
    reason: exitReasons[trips.exitReason[k]!]!,
    ambiguous: trips.ambiguous[k]!,
  }));
}
