/** What the paper terminal trades, and on which terms each symbol is traded. */
import type { Filling, TradeMode } from '#core/broker/instrument.ts';

export interface PaperSymbol {
  /** With the suffix, where the account has one. */
  readonly symbol: string;
  readonly description: string;
  /** What is bought, and what it is paid with. */
  readonly base: string;
  readonly profitCurrency: string;
  readonly digits: number;
  readonly contractSize: number;
  /** What the generator puts between bid and ask. */
  readonly spreadPoints: number;
  readonly swapLongPoints: number;
  readonly swapShortPoints: number;
  /** Where the generator begins, and what money is reckoned with where no quote is known. */
  readonly firstPrice: number;
  /** `instant`: at the price asked for or one within the deviation; `market`: at what there is. */
  readonly execution: 'market' | 'instant';
  readonly volumeMinLots: number;
  readonly volumeMaxLots: number;
  readonly volumeStepLots: number;
  readonly stopsLevelPoints: number;
  readonly freezeLevelPoints: number;
  readonly tradeMode: TradeMode;
  readonly fillings: readonly Filling[];
  /** What can be had of one quote; null = all that is asked for. */
  readonly liquidityLots: number | null;
}

const usual = {
  volumeMinLots: 0.01,
  volumeMaxLots: 100,
  volumeStepLots: 0.01,
  stopsLevelPoints: 10,
  freezeLevelPoints: 5,
  tradeMode: 'full',
  fillings: ['fok', 'ioc', 'return'],
  execution: 'market',
  liquidityLots: 50,
} as const;

const currencies = { ...usual, contractSize: 100_000 };

export const paperSymbols: readonly PaperSymbol[] = [
  {
    ...currencies,
    symbol: 'EURUSD',
    description: 'Euro vs US Dollar',
    base: 'EUR',
    profitCurrency: 'USD',
    digits: 5,
    spreadPoints: 8,
    swapLongPoints: -8,
    swapShortPoints: 3,
    firstPrice: 1.085,
  },
  {
    ...currencies,
    symbol: 'GBPUSD',
    description: 'Pound Sterling vs US Dollar',
    base: 'GBP',
    profitCurrency: 'USD',
    digits: 5,
    spreadPoints: 12,
    swapLongPoints: -4,
    swapShortPoints: -2,
    firstPrice: 1.27,
  },
  {
    ...currencies,
    symbol: 'USDJPY',
    description: 'US Dollar vs Japanese Yen',
    base: 'USD',
    profitCurrency: 'JPY',
    digits: 3,
    spreadPoints: 10,
    swapLongPoints: 12,
    swapShortPoints: -26,
    firstPrice: 150,
  },
  {
    ...currencies,
    symbol: 'AUDUSD',
    description: 'Australian Dollar vs US Dollar',
    base: 'AUD',
    profitCurrency: 'USD',
    digits: 5,
    spreadPoints: 10,
    swapLongPoints: -3,
    swapShortPoints: -1,
    firstPrice: 0.66,
  },
  {
    ...usual,
    symbol: 'XAUUSD',
    description: 'Gold vs US Dollar',
    base: 'XAU',
    profitCurrency: 'USD',
    digits: 2,
    contractSize: 100,
    spreadPoints: 20,
    swapLongPoints: -42,
    swapShortPoints: 22,
    firstPrice: 2_350,
    execution: 'instant',
    liquidityLots: 20,
  },
];

/** The symbol of prices that a trader brings: a pair of currencies, or else a thing sold for money. */
export function symbolOf(name: string, currency: string, digits: number): PaperSymbol {
  const known = paperSymbols.find(({ symbol }) => symbol === name.slice(0, symbol.length));
  if (known) return { ...known, symbol: name, digits };
  const pair = /^([A-Z]{3})([A-Z]{3})(?![A-Z])/.exec(name);
  return {
    ...usual,
    symbol: name,
    description: name,
    base: pair?.[1] ?? name,
    profitCurrency: pair?.[2] ?? currency,
    digits,
    contractSize: pair ? 100_000 : 1,
    spreadPoints: 0,
    swapLongPoints: 0,
    swapShortPoints: 0,
    firstPrice: 1,
  };
}
