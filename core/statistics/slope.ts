/** How far equity moved, bar by bar, for each move of the price: the slope behind alpha and beta. */
import { quotient } from './moments.ts';

/**
 * Covariance of the log returns of equity and close ÷ the variance of the latter; null below
 * two returns and where equity reached zero.
 */
export function slopeOf(equity: Float64Array, close: Float64Array): number | null {
  const count = equity.length - 1;
  if (count < 2) return null;
  const own = new Float64Array(count);
  const market = new Float64Array(count);
  let sumOwn = 0;
  let sumMarket = 0;
  for (let k = 0; k < count; k++) {
    const change = equity[k + 1]! / equity[k]!;
    // Out of the market equity stands still: no logarithm is worked out.
    if (change !== 1) sumOwn += own[k] = Math.log(change);
    sumMarket += market[k] = Math.log(close[k + 1]! / close[k]!);
  }
  const meanOwn = sumOwn / count;
  const meanMarket = sumMarket / count;
  let covariance = 0;
  let variance = 0;
  for (let k = 0; k < count; k++) {
    const deviation = market[k]! - meanMarket;
    covariance += (own[k]! - meanOwn) * deviation;
    variance += deviation * deviation;
  }
  const slope = quotient(covariance, variance);
  return slope !== null && Number.isFinite(slope) ? slope : null;
}
