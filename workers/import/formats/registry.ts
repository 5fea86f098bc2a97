/** Every format, in the order in which a file is held against them: one file, one line each. */
import type { Format } from '../layout.ts';
import { bidAsk } from './bid-ask.ts';
import { dukascopy } from './dukascopy.ts';
import { generic } from './generic.ts';
import { histdata } from './histdata.ts';
import { metatrader4 } from './metatrader4.ts';
import { mt5 } from './mt5.ts';
import { quotes } from './quotes.ts';
import { tradingview } from './tradingview.ts';
import { unnamedIndex } from './unnamed-index.ts';
import { yahoo } from './yahoo.ts';

export const formats: readonly Format[] = [
  mt5,
  dukascopy,
  histdata,
  metatrader4,
  tradingview,
  yahoo,
  bidAsk,
  quotes,
  unnamedIndex,
  generic,
];
