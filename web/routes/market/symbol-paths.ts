/** Where a watched symbol leads: to its chart, and to an order where an account quotes it. */
import type { PricePlace } from '#lib/market/price-place.ts';

interface Placed {
  readonly symbol: string;
  readonly place: PricePlace | null;
}

export function chartPath({ symbol, place }: Placed): string {
  const query = new URLSearchParams({ symbol });
  if (place?.kind === 'account') query.set('account', place.broker.accountId);
  if (place?.kind === 'stored') query.set('timeframe', place.series.timeframe);
  return `/charts/?${query.toString()}`;
}

/** Null where no account quotes it. */
export function orderPath({ symbol, place }: Placed): string | null {
  if (place?.kind !== 'account') return null;
  const query = new URLSearchParams({ account: place.broker.accountId, symbol });
  return `/orders/?${query.toString()}`;
}
