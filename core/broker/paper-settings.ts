/** How a paper account behaves: its terms, where its prices come from, and what goes wrong on purpose. */
import type { AccountMode } from './book.ts';

/** `realistic`: latency, slippage, swap; `exact`: none of them, so that a run equals a backtest. */
export const paperProfiles = ['realistic', 'exact'] as const;
export type PaperProfile = (typeof paperProfiles)[number];

export const paperFaults = [
  /** Executed, and the answer never arrives. */
  'lost-reply',
  /** The broker answers that it took too long, and has executed. */
  'executed-timeout',
  /** The same, and it has not. */
  'timeout-lost',
  'duplicate-event',
  /** Nothing is heard of the terminal for a while. */
  'freeze',
  'requote',
  'disconnect',
] as const;
export type PaperFault = (typeof paperFaults)[number];

export type PaperPrices =
  | { readonly kind: 'generator'; readonly seed: number; readonly volatility: number }
  | { readonly kind: 'replay'; readonly series: readonly PaperSeries[] };

/** Chunks that the account's devices have put on the server, by their SHA-256, oldest first. */
export interface PaperSeries {
  readonly symbol: string;
  readonly kind: 'bars' | 'ticks';
  readonly chunks: readonly string[];
}

export interface PaperSettings {
  readonly profile: PaperProfile;
  readonly mode: AccountMode;
  readonly currency: string;
  readonly balance: number;
  readonly leverage: number;
  /** Null = all of the paper broker's own. */
  readonly symbols: readonly string[] | null;
  readonly prices: PaperPrices;
  /** Of the prices' own time; 0 = paused. */
  readonly speed: number;
  /** Those that happen now and then. */
  readonly faults: readonly PaperFault[];
}

export const usualPaper: PaperSettings = {
  profile: 'realistic',
  mode: 'hedging',
  currency: 'USD',
  balance: 10_000,
  leverage: 100,
  symbols: null,
  prices: { kind: 'generator', seed: 1, volatility: 1 },
  speed: 1,
  faults: [],
};
