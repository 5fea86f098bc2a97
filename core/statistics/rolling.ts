/** Sharpe ratio and return over a window that moves through the days of a run. */

export interface Rolling {
  /** Annualised, arithmetic, of the daily returns in the window; NaN until it is full or flat. */
  readonly sharpe: Float64Array;
  /** Change of equity over the window, 0.01 is 1 %; NaN until it is full. */
  readonly returnRatio: Float64Array;
}

/** One value a day; `windowDays` returns need that many days and the one before. */
export function rolling(
  dailyEquity: Float64Array,
  windowDays: number,
  periodsPerYear: number,
): Rolling {
  const sharpe = new Float64Array(dailyEquity.length).fill(NaN);
  const returnRatio = new Float64Array(dailyEquity.length).fill(NaN);
  const daily = dailyEquity.map((now, k) => {
    const before = dailyEquity[k - 1] ?? NaN;
    return before > 0 ? now / before - 1 : 0;
  });
  for (let k = windowDays; k < dailyEquity.length; k++) {
    const before = dailyEquity[k - windowDays]!;
    returnRatio[k] = before > 0 ? dailyEquity[k]! / before - 1 : NaN;
    sharpe[k] = sharpeOf(daily.subarray(k - windowDays + 1, k + 1), periodsPerYear);
  }
  return { sharpe, returnRatio };
}

/** In two passes, so that a quiet window after a wild one is not lost to rounding. */
function sharpeOf(returns: Float64Array, periodsPerYear: number): number {
  let sum = 0;
  for (const each of returns) sum += each;
  const mean = sum / returns.length;
  let squares = 0;
  for (const each of returns) squares += (each - mean) * (each - mean);
  const deviation = Math.sqrt(squares / (returns.length - 1));
  return deviation > 0 ? (mean / deviation) * Math.sqrt(periodsPerYear) : NaN;
}
