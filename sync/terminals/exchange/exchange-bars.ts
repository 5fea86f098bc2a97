/** Past prices of the exchange, in its own pages; its clock is UTC. */
import { MOST_BARS, type BarsAnswer, type BarsQuestion } from '#core/broker/messages.ts';
import { digitsIn } from '../../market/bar-rows.ts';
import type { BarRow } from '../../market/provider.ts';
import { klineAnswer } from './bybit-shapes.ts';
import type { ExchangeClient } from './exchange-client.ts';
import { read } from './exchange-look.ts';

const intervals: Readonly<Record<string, string>> = {
  ...{ M1: '1', M3: '3', M5: '5', M15: '15', M30: '30', H1: '60', H2: '120', H4: '240' },
  ...{ H6: '360', H12: '720', D1: 'D', W1: 'W', MN1: 'M' },
};
/** What the exchange says of a symbol that it does not have. */
const symbolUnknown: readonly number[] = [10_001, 110_023];

/** Rejects where it cannot be asked: it is not all there, and asked again. */
export async function exchangeBars(
  client: ExchangeClient,
  { symbol, timeframe, beforeServerMs, limit }: BarsQuestion,
): Promise<BarsAnswer> {
  const interval = intervals[timeframe];
  if (interval === undefined) return lacking('timeframe');
  if (!/^[A-Z0-9._-]{1,20}$/.test(symbol)) return lacking('symbol');
  const most = Math.min(limit, MOST_BARS);
  const until = beforeServerMs === null ? {} : { end: beforeServerMs - 1 };
  const which = { category: 'linear', symbol, interval, limit: most, ...until };
  const asked = await client.get('v5/market/kline', which);
  if (asked.t === 'refused' && symbolUnknown.includes(asked.code)) return lacking('symbol');
  const { list } = await read(asked, klineAnswer);
  // Newest first, as it says them.
  const rows = list.toReversed();
  const digits = digitsIn(rows);
  return {
    isWhole: true,
    hasMore: rows.length === most,
    digits,
    lacks: null,
    bars: rows.map((row) => inPoints(row, 10 ** digits)),
  };
}

function inPoints(row: BarRow, scale: number): BarsAnswer['bars'][number] {
  const points = (price: number) => Math.round(price * scale);
  const { openMs, open, high, low, close, volume } = row;
  const prices = [points(open), points(high), points(low), points(close)] as const;
  return [Math.floor(openMs / 1_000), ...prices, volume ?? 0];
}

function lacking(what: 'symbol' | 'timeframe'): BarsAnswer {
  return { isWhole: true, hasMore: false, digits: 0, lacks: what, bars: [] };
}
