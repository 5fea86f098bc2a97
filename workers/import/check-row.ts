/** Whether the prices of one bar or one tick can be true. */

/**
 * Why they cannot, in words; null when they can. Four prices, or eight with the ask; of a tick
 * one, or two with the ask.
 */
export function faultOfPrices(prices: Float64Array, count: number): string | null {
  if (count === 1) return null;
  if (count === 2) return prices[1]! < prices[0]! ? 'the ask is below the bid' : null;
  const bid = faultOfSide(prices, 0);
  if (bid !== null || count === 4) return bid;
  const ask = faultOfSide(prices, 4);
  if (ask !== null) return `ask: ${ask}`;
  for (let k = 0; k < 4; k++) if (prices[k + 4]! < prices[k]!) return 'the ask is below the bid';
  return null;
}

function faultOfSide(prices: Float64Array, from: number): string | null {
  const open = prices[from]!;
  const high = prices[from + 1]!;
  const low = prices[from + 2]!;
  const close = prices[from + 3]!;
  if (low > high) return 'the low is above the high';
  if (high < open || high < close) return 'the high is below the open or the close';
  if (low > open || low > close) return 'the low is above the open or the close';
  return null;
}
