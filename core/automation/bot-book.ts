/** What a bot holds of its own at the broker, and what came of what it held. */
import type { OrderKind, Side } from '../execution/order-desk.ts';
import type { KeptCare } from './kept-care.ts';

export interface BotPosition {
  readonly position: string;
  readonly side: Side;
  readonly lots: number;
  /** UTC. */
  readonly entryMs: number;
  /**
   * In the bar of the latest entry: that of the signal where it was to fill at the close of that
   * one.
   */
  readonly entryBarMs: number;
  readonly entryPrice: number;
  /** Orders that it came of: more than one where a net was added to. */
  readonly entries: number;
  readonly stop: number | null;
  readonly target: number | null;
  /** What is done with it at closes; null = nothing. */
  readonly care: HeldCare | null;
}

export interface HeldCare {
  readonly asked: KeptCare;
  /** The stop of the order, which R is reckoned of. */
  readonly stop: number | null;
  /** What it was before any part was taken. */
  readonly lots: number;
  /** Which of its parts were taken. */
  readonly taken: readonly number[];
}

export interface BotOrder {
  readonly order: string;
  readonly side: Side;
  readonly kind: Exclude<OrderKind, 'market'>;
  readonly lots: number;
  readonly price: number;
  readonly limitPrice: number | null;
  /** Index of the rule that asked for it; of a strategy in code its own number. */
  readonly rule: number;
  /** Those that share it cancel each other; null = nothing does. */
  readonly group?: number | null;
  /** Opening of the bar at whose close it was asked for. */
  readonly barMs: number;
  readonly expiryBars: number;
}

/** `rule`: the bot closed it · `stop`, `target`: its level · `other`: by hand, by the broker. */
export type LeavingReason = 'rule' | 'stop' | 'target' | 'stop-out' | 'other';

/** A position, or a part of one, from entry to exit. */
export interface BotTrip {
  readonly position: string;
  readonly side: Side;
  readonly lots: number;
  readonly entryMs: number;
  readonly exitMs: number;
  readonly entryPrice: number;
  readonly exitPrice: number;
  /** Account money, after commission and swap, which are its parts. */
  readonly profit: number;
  readonly commission: number;
  readonly swap: number;
  readonly reason: LeavingReason;
  /** A part of the position stayed open; missing = nothing did, or it was simulated. */
  readonly leavesRest?: true;
  /** The broker's order that closed it; missing where it was simulated. */
  readonly exitOrder?: string;
}

export interface BotBook {
  /** In the order in which they opened. */
  readonly positions: readonly BotPosition[];
  readonly orders: readonly BotOrder[];
  /** In the order in which they closed. */
  readonly trips: readonly BotTrip[];
}

/** Account money: what the bot began with and what its trips came to, in whole cents. */
export function cashOf({ trips }: Pick<BotBook, 'trips'>, capital: number): number {
  return trips.reduce((cash, { profit }) => cents(cash + profit), capital);
}

export const cents = (money: number): number => {
  const rounded = Math.floor(Math.abs(money) * 100 + 0.5) / 100;
  return money < 0 ? -rounded : rounded;
};
