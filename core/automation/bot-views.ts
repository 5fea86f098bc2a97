/** What pages are shown of bots. */
import type { BotSetup, BotState } from './bot.ts';
import type { BotPosition, BotTrip } from './bot-book.ts';
import type { DriftReport } from './drift.ts';

export interface BotEventView {
  readonly n: number;
  readonly atMs: number;
  readonly level: 'info' | 'warn' | 'alert';
  /** See `web/lib/bots/words.ts`. */
  readonly name: string;
  readonly detail: Readonly<Record<string, string | number>>;
}

export interface BotView {
  readonly botId: string;
  readonly name: string;
  readonly state: BotState;
  /** Why it is in it, where it came by itself. */
  readonly reason: string | null;
  /** Something of it lies at the broker and is being taken away. */
  readonly isEnding: boolean;
  readonly setup: BotSetup;
  /** Its account's prices or money are made up. */
  readonly isSimulated: boolean;
  readonly currency: string | null;
  readonly positions: readonly BotPosition[];
  readonly workingOrders: number;
  readonly trips: number;
  /** Account money of all its trips, and of those that closed today (UTC). */
  readonly profit: number;
  readonly dayProfit: number;
  /** Bars that it could not act on, and requests that were refused: what a backtest has not. */
  readonly differences: number;
  readonly lastBarMs: number | null;
  readonly lastEvent: BotEventView | null;
  readonly createdMs: number;
}

export interface BotDetail extends BotView {
  /** The newest, oldest first. */
  readonly latestTrips: readonly BotTrip[];
  /** Capital and what the trips came to, one point a trip. */
  readonly equity: readonly { readonly atMs: number; readonly money: number }[];
}

export interface BotDrift extends DriftReport {
  readonly bars: number;
  readonly lateBars: number;
  readonly fromMs: number | null;
  readonly toMs: number | null;
  /**
   * What a backtest came to that moves stops and takes parts inside the bars; null = the strategy
   * does neither.
   */
  readonly insideProfit: number | null;
}
