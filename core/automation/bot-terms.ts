/** The settings of a strategy as they hold at one broker: its volumes, its money, no end. */
import type { Instrument } from '../broker/instrument.ts';
import { decimalGrid, type LevelGrid } from '../execution/level-grid.ts';
import type { RunSettings } from '../execution/settings.ts';

export interface BotTerms {
  readonly settings: RunSettings;
  readonly symbol: string;
  readonly digits: number;
  readonly pointSize: number;
  readonly contractSize: number;
  /** Account money in one unit of the money that the symbol is priced in. */
  readonly rate: number;
  /** Of bots that were started before it was kept there is none: see `gridOf`. */
  readonly grid?: LevelGrid;
}

/** Where the symbol takes levels. */
export function gridOf({ grid, digits }: Pick<BotTerms, 'grid' | 'digits'>): LevelGrid {
  return grid ?? decimalGrid(digits);
}

/**
 * What both the bot and the backtest it is compared with go by. Costs of the strategy's settings
 * are kept, since sizes are reckoned with them; the broker has its own.
 */
export function botTerms(settings: RunSettings, instrument: Instrument, capital: number): BotTerms {
  const { symbol, digits, contractSize, tickValue, tickSize } = instrument;
  const rate = rateOf(tickValue / (tickSize * contractSize));
  const lots = (count: number) => Math.round(count * contractSize * 1e6) / 1e6;
  return {
    settings: {
      ...settings,
      cash: capital / rate,
      contractSize,
      units: 'fractional',
      volume: {
        step: lots(instrument.volumeStepLots),
        min: lots(instrument.volumeMinLots),
        max: lots(instrument.volumeMaxLots),
      },
      path: 'pessimistic',
      closeAtEnd: false,
      rounding: 'account',
      spread: { ...settings.spread, column: false },
    },
    symbol,
    digits,
    pointSize: instrument.pointSize,
    contractSize,
    rate,
    grid: { tickSize, least: instrument.stopsLevelPoints * instrument.pointSize },
  };
}

/** A rate that misses 1 by rounding alone is 1. */
function rateOf(rate: number): number {
  if (!(rate > 0) || !Number.isFinite(rate)) return 1;
  return Math.abs(rate - 1) < 1e-9 ? 1 : rate;
}
