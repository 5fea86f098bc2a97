/** Bars as rows: whether they can be true, how many digits they have, and how they cross the wire. */
import { digitsOf, MOST_DIGITS } from '#core/market/points.ts';
import { timeframeMs, timeframeSlackMs } from '#core/market/timeframe.ts';
import { noBars, type WireBars } from '#core/market/wire-bars.ts';
import type { BarRow } from './provider.ts';

/** Whether they rise in time and each holds together; what does not is told by nobody as it was. */
export function areTrue(rows: readonly BarRow[]): boolean {
  return rows.every((row, i) => {
    const { openMs, open, high, low, close, volume } = row;
    const before = rows[i - 1];
    return (
      Number.isSafeInteger(openMs) &&
      (!before || openMs > before.openMs) &&
      low > 0 &&
      low <= Math.min(open, close) &&
      high >= Math.max(open, close) &&
      high < Infinity &&
      (volume === null || (volume >= 0 && volume < Infinity))
    );
  });
}

/** The fewest digits that hold every price; as many as there are where no few do. */
export function digitsIn(rows: readonly BarRow[]): number {
  let digits = 0;
  for (const { open, high, low, close } of rows) {
    for (const price of [open, high, low, close]) {
      const needed = digitsOf(price, digits);
      digits = needed < 0 ? decimalsOf(price, digits) : needed;
    }
  }
  return digits;
}

/** Of prices that are too large for whole points in 32 bits. */
function decimalsOf(price: number, least: number): number {
  const [, decimals = ''] = /\.(\d+)$/.exec(String(price)) ?? [];
  return Math.min(MOST_DIGITS, Math.max(least, decimals.length));
}

/** When a bar is closed at the latest: a month may have 31 days. */
export function closesMs(openMs: number, timeframe: string): number {
  const lengthMs = timeframeMs(timeframe) ?? 0;
  const isMonth = timeframe.startsWith('MN');
  return openMs + lengthMs + (isMonth ? timeframeSlackMs(timeframe) : 0);
}

export function toWire(
  rows: readonly BarRow[],
  about: { readonly timeframe: string; readonly digits: number; readonly nowMs: number },
): WireBars {
  const last = rows.at(-1);
  if (!last) return { ...noBars, digits: about.digits };
  const hasVolume = rows.every(({ volume }) => volume !== null);
  return {
    timesMs: rows.map(({ openMs }) => openMs),
    open: rows.map(({ open }) => open),
    high: rows.map(({ high }) => high),
    low: rows.map(({ low }) => low),
    close: rows.map(({ close }) => close),
    volume: hasVolume ? rows.map(({ volume }) => volume ?? 0) : null,
    digits: about.digits,
    isLastOpen: closesMs(last.openMs, about.timeframe) > about.nowMs,
  };
}
