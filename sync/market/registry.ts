/** Every public source of market data, a line each, in the order in which they are asked. */
import type { Provider } from './provider.ts';
import { apeWisdom } from './providers/ape-wisdom.ts';
import { binance } from './providers/binance.ts';
import { coingecko } from './providers/coingecko.ts';
import { fearGreed } from './providers/fear-greed.ts';
import { twelveData } from './providers/twelve-data.ts';

export const providers: readonly Provider[] = [
  coingecko,
  binance,
  twelveData,
  fearGreed,
  apeWisdom,
];
