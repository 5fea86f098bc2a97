/** Bars of a symbol from wherever its prices come. */
import type { Failure } from '#core/errors.ts';
import { sliceBars, type Bars } from '#core/market/bars.ts';
import { toBars } from '#core/market/wire-bars.ts';
import { ok, type Result } from '#core/result.ts';
import { ask } from '../account/ask.ts';
import type { PricePlace } from './price-place.ts';

export interface ToldBars {
  readonly bars: Bars;
  readonly isLastOpen: boolean;
}

type Served = Exclude<PricePlace, { readonly kind: 'stored' }>;

/** The last ones, told by the server. */
export async function servedBars(
  place: Served,
  symbol: string,
  { timeframe, count }: { readonly timeframe: string; readonly count: number },
): Promise<Result<ToldBars, Failure>> {
  const source =
    place.kind === 'account' ? { accountId: place.broker.accountId } : { provider: place.provider };
  const asked = { source, symbol, timeframe, beforeMs: null, limit: count };
  const answer = await ask((server) => server.market.bars.query(asked));
  if (!answer.ok) return answer;
  const { bars } = answer.value;
  return ok({ bars: toBars(bars), isLastOpen: bars.isLastOpen });
}

/** Without the one that is still forming. */
export function closedBars({ bars, isLastOpen }: ToldBars): Bars {
  return isLastOpen ? sliceBars(bars, 0, Math.max(0, bars.length - 1)) : bars;
}
