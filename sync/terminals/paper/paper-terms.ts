/** The terms of a paper account: what it costs, what is forbidden, how it behaves. */
import type { AccountMode } from '#core/broker/book.ts';
import type { PaperProfile } from '#core/broker/paper-settings.ts';
import { paperSymbols, type PaperSymbol } from './paper-symbols.ts';

export interface PaperTerms {
  readonly mode: AccountMode;
  readonly currency: string;
  readonly leverage: number;
  /** Equity ÷ margin at or below which the worst position is closed. */
  readonly stopOutRatio: number;
  /** Account money, each side. */
  readonly commissionPerLot: number;
  /** The most by which a market or stop order fills worse than the quote. */
  readonly slippagePoints: number;
  /** `week`: Monday 00:05 to Friday 23:55 of the market's time. */
  readonly sessions: 'week' | 'always';
  readonly hasSwap: boolean;
  /** Each rollover gives positions another ticket; their identifier stays. */
  readonly swapChangesTicket: boolean;
  /** The oldest position of a symbol has to be closed first. */
  readonly isFifo: boolean;
  readonly mayHedge: boolean;
  /** Some brokers write their own text over the trader's. */
  readonly comments: 'kept' | 'rewritten';
  /** What happened is told late and in any order. */
  readonly shufflesEvents: boolean;
  readonly latencyMs: { readonly least: number; readonly most: number };
  readonly mostOrders: number;
  readonly mostPositions: number;
  /** Of one symbol, one direction, working orders included; null = any. */
  readonly mostLots: number | null;
  readonly seed: number;
}

export interface PaperAccountKind {
  readonly profile: PaperProfile;
  readonly mode: AccountMode;
  readonly currency: string;
  readonly leverage: number;
  readonly seed?: number;
}

export function termsOf({ profile, seed = 1, ...kind }: PaperAccountKind): PaperTerms {
  const isExact = profile === 'exact';
  return {
    ...kind,
    stopOutRatio: 0.5,
    commissionPerLot: isExact ? 0 : 3.5,
    slippagePoints: isExact ? 0 : 3,
    sessions: isExact ? 'always' : 'week',
    hasSwap: !isExact,
    swapChangesTicket: false,
    isFifo: false,
    mayHedge: true,
    comments: 'kept',
    shufflesEvents: false,
    latencyMs: isExact ? { least: 0, most: 0 } : { least: 30, most: 150 },
    mostOrders: 200,
    mostPositions: 1_000,
    mostLots: null,
    seed,
  };
}

/** Every price and volume can be had, so that a run is what the same bars give in a backtest. */
export function exactly(symbol: PaperSymbol): PaperSymbol {
  return {
    ...symbol,
    stopsLevelPoints: 0,
    freezeLevelPoints: 0,
    liquidityLots: null,
    execution: 'market',
  };
}

/** Those of the paper terminal itself, or of them the ones named. */
export function symbolsFor(
  profile: PaperProfile,
  names: readonly string[] | null,
): readonly PaperSymbol[] {
  const chosen = names ? paperSymbols.filter(({ symbol }) => names.includes(symbol)) : paperSymbols;
  return profile === 'exact' ? chosen.map(exactly) : chosen;
}
